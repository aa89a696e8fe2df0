"""A post is read once, at the door; whoever looks at it afterwards looks at this."""

from dataclasses import dataclass

from app.domain.incoming import Incoming
from app.domain.screening.reading.essence import essence, fingerprint
from app.domain.screening.reading.normal import Views, views

LETTERS_READ = 4000
"""So many characters are read; what goes on after them, a person must read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a post: `text` is the beginning that counts, in its `views` and as its `essence`.

    The `fingerprint` is that of the whole text; '' when it is too short to compare.
    """

    post: Incoming
    text: str
    views: Views
    fingerprint: str
    essence: str

    @classmethod
    def of(cls, post: Incoming) -> "Reading":
        text = post.text[:LETTERS_READ]
        return cls(post, text, views(text), fingerprint(post.text), essence(text))
