"""A post is read once, at the door; whoever looks at it afterwards looks at this."""

from dataclasses import dataclass, replace

from app.domain.incoming import Incoming
from app.domain.screening.reading.fingerprint import essence, fingerprint
from app.domain.screening.reading.normal import Views, views
from app.domain.screening.reading.shown import TEXT, Shown, shown_besides

LETTERS_READ = 4000
"""So many characters are read; what goes on after them, a person must read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a post: `text` is the beginning that counts, in its `views` and as its `essence`.

    The `fingerprint` is that of the whole text; '' when it is too short to compare. What else a screen `shows` of it
    stands beside; a check that looks at one of these gets a reading of that `field`.
    """

    post: Incoming
    text: str
    views: Views
    fingerprint: str
    essence: str
    shows: tuple[Shown, ...] = ()
    field: str = TEXT

    @classmethod
    def of(cls, post: Incoming) -> "Reading":
        text = post.text[:LETTERS_READ]
        shows = tuple(shown_besides(post))
        return cls(post, text, views(text), fingerprint(post.text), essence(text), shows)

    def with_shown(self, shows: tuple[Shown, ...]) -> "Reading":
        """With other texts beside it."""
        return replace(self, shows=shows)

    def of_field(self, field: str, text: str) -> "Reading":
        """The same post, read where it is not its text."""
        return Reading(self.post, text, views(text), "", "", field=field)
