"""A post on the desk: all that a moderator needs to see, with personal data covered in whichever field it stands."""

from dataclasses import dataclass, field, replace

from app.domain.masking import PRIVACY, covered, covered_reason, is_sensitive
from app.domain.post import Post
from app.domain.question import Question
from app.domain.screening.reading.shown import (
    ALT,
    HANDLE,
    LINK,
    NAME,
    NOW,
    NOW_HANDLE,
    PENDING,
    POLL,
    QUOTE,
    QUOTE_HANDLE,
    QUOTE_NAME,
    REPLY,
    SEVERAL,
    TEXT,
)
from app.domain.signed_names import Signed
from app.domain.talk import Talk
from app.domain.verdict import Verdict

FIELDS = (TEXT, NAME, HANDLE, NOW, NOW_HANDLE, REPLY, QUOTE, QUOTE_NAME, QUOTE_HANDLE)
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
    place: str = ""
    """The room in which it asks, where there are several."""
    alike: int = 0
    also_on: tuple[str, ...] = ()
    """On which other networks the same was said within minutes."""
    record: Record = field(default_factory=Record)
    starred: bool = False
    """Whoever was not there is to read it."""
    picture_differs: bool = False
    """One of its pictures is another one at its address than was first fetched: that one is left out."""

    @property
    def id(self) -> int:
        return self.post.id

    @property
    def masked(self) -> bool:
        """Whether something is covered on the desk."""
        personal = {str(signal.get("field", TEXT)) for signal in self.post.signals if signal["category"] == PRIVACY}
        return self.covers(TEXT) or any(map(self.covers, personal & PENDING))

    def covers(self, field: str) -> bool:
        """Until the post is approved, and then everybody sees it; but for what stands on no screen yet."""
        return is_sensitive(self.post.doubts) and (self.post.verdict is not Verdict.APPROVED or field in PENDING)

    @property
    def author(self) -> Signed:
        """Who wrote it, covered where that is needed: with a covered handle their page is not told either."""
        by = self.signed
        if not self.masked:
            return by
        name, handle = self.shown(NAME), self.shown(HANDLE)
        now, now_handle = self.shown(NOW), self.shown(NOW_HANDLE)
        url = by.url if handle == by.handle else ""
        return replace(by, name=name, handle=handle, now=now, now_handle=now_handle, url=url)

    @property
    def text(self) -> str:
        return self.shown(TEXT)

    def uncovered(self, field: str, place: int = 0) -> str:
        """What stands in a field of it, '' if nothing does."""
        if field in SEVERAL:
            texts = self.several(field)
            return texts[place] if place < len(texts) else ""
        quote = self.post.quote or {}
        own: dict[str, object] = {TEXT: self.post.text, REPLY: self.post.reply_to}
        own |= {
            NAME: self.signed.name,
            HANDLE: self.signed.handle,
            NOW: self.signed.now,
            NOW_HANDLE: self.signed.now_handle,
        }
        own |= {QUOTE: quote.get("text"), QUOTE_NAME: quote.get("name"), QUOTE_HANDLE: quote.get("handle")}
        return str(own[field] or "")

    def shown(self, field: str, place: int = 0) -> str:
        """The same, covered where that is needed."""
        words = self.uncovered(field, place)
        return covered(words, self.post.signals, field, place) if self.covers(field) else words

    def reason(self, said: str) -> str:
        """Why it is doubted, without a word that is covered where it stands."""
        return (
            covered_reason(said, ((self.uncovered(*one), self.shown(*one)) for one in self.fields))
            if self.masked
            else said
        )

    def several(self, field: str) -> list[str]:
        """All that stands in a field of which a post may have several."""
        texts = {
            ALT: [photo.get("alt", "") for photo in self.post.all_photos],
            POLL: self.post.extras.get("poll", []),
            LINK: [segment["title"] for segment in self.post.segments if segment.get("title")],
        }
        return [str(text) for text in texts[field]]

    @property
    def fields(self) -> list[tuple[str, int]]:
        """All fields in which something stands."""
        fields = [(field, 0) for field in FIELDS if self.uncovered(field)]
        return fields + [(field, place) for field in SEVERAL for place, text in enumerate(self.several(field)) if text]
