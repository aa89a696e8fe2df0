"""A post on the desk: all that a moderator needs to see, with personal data covered in whichever field it stands."""

from dataclasses import dataclass, field, replace

from app.domain.masking import covered, is_sensitive
from app.domain.post import Post
from app.domain.question import Question
from app.domain.screening.reading.shown import ALT, HANDLE, NAME, NOW, QUOTE, QUOTE_HANDLE, QUOTE_NAME, REPLY, TEXT
from app.domain.signed_names import Signed
from app.domain.talk import Talk
from app.domain.verdict import Verdict

FIELDS = (TEXT, NAME, HANDLE, NOW, REPLY, QUOTE, QUOTE_NAME, QUOTE_HANDLE)
"""Of which a post has one each."""


@dataclass(frozen=True, slots=True)
class Record:
    """What an author has done in this Event; `rejected` counts what people rejected."""

    posts: int = 0
    approved: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class DeskCard:
    """A post with all that a moderator needs. `alike` counts others that wait and say the same."""

    post: Post
    signed: Signed
    sort_key: str
    question: Question | None = None
    talk: Talk | None = None
    alike: int = 0
    record: Record = field(default_factory=Record)

    @property
    def id(self) -> int:
        return self.post.id

    @property
    def masked(self) -> bool:
        """Personal data is covered on the desk until the post is approved, and then everybody sees it."""
        return is_sensitive(self.post.doubts) and self.post.verdict is not Verdict.APPROVED

    @property
    def author(self) -> Signed:
        """Who wrote it, covered where that is needed: with a covered handle their page is not told either."""
        by = self.signed
        if not self.masked:
            return by
        name, handle, now = self.shown(NAME), self.shown(HANDLE), self.shown(NOW)
        return replace(by, name=name, handle=handle, now=now, url=by.url if handle == by.handle else "")

    @property
    def text(self) -> str:
        return self.shown(TEXT)

    def told(self, field: str, place: int = 0) -> str:
        """What stands in a field of it, '' if nothing does."""
        quote = self.post.quote or {}
        if field == ALT:
            return str(self.post.photos[place].get("alt", "")) if place < len(self.post.photos) else ""
        own: dict[str, object] = {TEXT: self.post.text, REPLY: self.post.reply_to}
        own |= {NAME: self.signed.name, HANDLE: self.signed.handle, NOW: self.signed.now}
        own |= {QUOTE: quote.get("text"), QUOTE_NAME: quote.get("name"), QUOTE_HANDLE: quote.get("handle")}
        return str(own[field] or "")

    def shown(self, field: str, place: int = 0) -> str:
        """The same, covered where that is needed."""
        told = self.told(field, place)
        return covered(told, self.post.signals, field, place) if self.masked else told

    @property
    def fields(self) -> list[tuple[str, int]]:
        """All fields in which something stands."""
        fields = [(field, 0) for field in FIELDS if self.told(field)]
        return fields + [(ALT, place) for place in range(len(self.post.photos)) if self.told(ALT, place)]
