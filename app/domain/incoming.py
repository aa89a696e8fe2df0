"""A post as a source found it: plain text, not yet ours."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, StringConstraints, TypeAdapter

from app.domain.whole_text import WholeTexts

SOURCE_KEY = r"^[a-z][a-z0-9_-]{0,15}$"
SourceKind = Annotated[str, StringConstraints(pattern=SOURCE_KEY)]
"""The key of an `Origin`: a network, or another way in."""
SegmentKind = Literal["text", "mention", "hashtag", "link"]


ANONYMOUS = "Anonymous"
"""What somebody in the room is called who gives no name."""


@dataclass(frozen=True, slots=True)
class Byline(WholeTexts):
    """Who wrote a post, as the network shows them. `verified` is the network's own word, '' if none."""

    handle: str
    name: str
    avatar_url: str = ""
    url: str = ""
    verified: str = ""
    ref: str = ""
    """The account's id at its network, which stays whatever it calls itself; '' where the network tells none."""


@dataclass(frozen=True, slots=True)
class Segment(WholeTexts):
    """A run of a post's text. Joined, the segments read as the post does on its network."""

    kind: SegmentKind
    text: str
    href: str = ""
    title: str = ""
    """What the page behind a link is called, where the network says so."""


@dataclass(frozen=True, slots=True)
class Photo(WholeTexts):
    """A still picture: a photo, or the preview of a video or GIF."""

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0
    kind: Literal["photo", "video", "gif"] = "photo"


@dataclass(frozen=True, slots=True)
class Quoted(WholeTexts):
    """The post that this one quotes. `available` is False when its author took it away or hides it."""

    available: bool
    byline: Byline | None = None
    text: str = ""
    url: str = ""
    posted_at: AwareDatetime | None = None
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyTo(WholeTexts):
    """What this post answers, as far as the network tells."""

    ref: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Incoming(WholeTexts):
    """A post as a source found it.

    `ref` names the post for good (where there is an edit chain, its first id), `version` counts its edits from 0,
    `version_ref` is the id of this version. `text` is complete and unescaped; `segments` cover it.
    """

    source: SourceKind
    ref: str
    byline: Byline
    text: str
    posted_at: AwareDatetime
    segments: tuple[Segment, ...] = ()
    url: str = ""
    lang: str = ""
    photos: tuple[Photo, ...] = ()
    quote: Quoted | None = None
    reply_to: ReplyTo | None = None
    sensitive: bool = False
    version: int = 0
    version_ref: str = ""
    edited_at: AwareDatetime | None = None
    asks_talk_id: int | None = None
    """Set when a phone asks the speakers of this Talk: approval makes it a Question."""
    asks_event: bool = False
    """Set when it asks the speakers and no Talk runs: approval makes it a Question of the Event."""
    asks_room_id: int | None = None
    """The room it was asked in, where an Event has several."""
    prompt_id: int | None = None
    """Set when a phone answers this Prompt, which its page showed."""
    device: str = ""
    """The phone it came from (source `floor`), so that its owner can see its state."""
    vouched: bool = False
    """Sent with the link of a delegate or a speaker: the organiser knows who holds that phone."""
    recorded: bool = False
    """Another program has recorded it, long ago perhaps: it waits for a person, whatever the rules say."""
    hashtags: tuple[str, ...] = field(default=())
    poll: tuple[str, ...] = field(default=())
    """The options of a poll that hangs on it, in their order."""

    @property
    def asks(self) -> bool:
        """Whether it asks the speakers, of a Talk or of the Event."""
        return self.asks_event or self.asks_talk_id is not None


@dataclass(frozen=True, slots=True)
class IncomingRepost(WholeTexts):
    """Somebody passed a post on. It is counted at the original, never shown by itself."""

    source: SourceKind
    ref: str
    of_ref: str
    handle: str
    posted_at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Withdrawal(WholeTexts):
    """A post that its author or its network took away; it leaves every screen and the archive."""

    source: SourceKind
    ref: str
    reason: str
    at: datetime | None = None
    only_quote: bool = False
    """What was taken away is the post that this one quotes: that leaves its card, the post itself stays."""


@dataclass(frozen=True, slots=True)
class Account(WholeTexts):
    """What the author of a post that we keep goes by now, as a look-up tells it; `ref` is that of the post."""

    source: SourceKind
    ref: str
    byline: Byline


@dataclass(frozen=True, slots=True)
class Marked(WholeTexts):
    """A look-up tells that a post that we keep is marked as sensitive, by its network or its author."""

    source: SourceKind
    ref: str


Found = Incoming | IncomingRepost | Withdrawal
Became = Found | Account | Marked
"""What a look-up tells of posts that we keep."""

incoming_json: TypeAdapter[Incoming] = TypeAdapter(Incoming)
"""Reads and writes one Incoming as JSON: the format of a recorded file, one object a line."""
