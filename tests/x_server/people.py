"""What exists on this X: users, pictures, polls, posts. Plain rows; `state.py` has the verbs."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

EDITS = 5


@dataclass
class User:
    id: str
    username: str
    name: str
    created_at: datetime
    verified_type: str = "none"
    protected: bool = False
    suspended: bool = False
    parody: bool = False
    description: str = ""
    withheld_in: list[str] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        return self.verified_type != "none"


@dataclass
class Picture:
    """A photo, a video or a GIF, drawn by the server itself."""

    alt: str = ""
    width: int = 1200
    height: int = 800
    kind: Literal["photo", "video", "animated_gif"] = "photo"
    key: str = ""


@dataclass
class Poll:
    id: str
    options: list[str]
    ends_at: datetime


@dataclass
class Post:
    """One version of a post. An edit makes a new one; `chain` is the list they share, oldest first."""

    id: str
    author: User
    text: str
    created_at: datetime
    indexed_at: datetime
    lang: str
    chain: list[str]
    conversation_id: str
    leads: dict[str, str] = field(default_factory=dict)
    long_text: str | None = None
    pictures: list[Picture] = field(default_factory=list)
    poll: Poll | None = None
    reply_to: "Post | None" = None
    quoted: "Post | None" = None
    retweeted: "Post | None" = None
    sensitive: bool = False
    deleted: bool = False
    deleted_at: datetime | None = None
    withheld_in: list[str] = field(default_factory=list)
    paid_partnership: bool = False

    @property
    def whole(self) -> str:
        return self.long_text or self.text

    @property
    def edits_remaining(self) -> int:
        return max(0, EDITS - (len(self.chain) - 1))

    @property
    def references(self) -> list[tuple[str, "Post"]]:
        named = (("retweeted", self.retweeted), ("quoted", self.quoted), ("replied_to", self.reply_to))
        return [(kind, post) for kind, post in named if post is not None]

    @property
    def visible(self) -> bool:
        return not (self.deleted or self.author.suspended or self.author.protected)
