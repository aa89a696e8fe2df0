"""A resource: a link that was shared, once, with what is known of the page behind it and what moderators made of it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from pydantic import AwareDatetime
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from app.domain.column_types import stored
from app.domain.web_addresses import LONGEST_URL

LONGEST_PAGE_TITLE = 300
RESOURCE_KEY_LETTERS = 24


class ResourceKind(StrEnum):
    PAPER = "paper"
    GUIDE = "guide"
    VIDEO = "video"
    TOOL = "tool"
    EVENT = "event"
    OTHER = "other"


class Mark(StrEnum):
    """What a moderator made of it on the shelf."""

    NONE = "unmarked"
    PINNED = "pinned"
    HIDDEN = "off_shelf"


class TitleState(StrEnum):
    """Whether the title that its page has may be read on the shelf."""

    NONE = "no_title"
    SHOWN = "title_shown"
    UNREAD = "title_unread"
    """Rules and heads have no doubt; it waits until the reader has read it."""
    HELD = "title_held"
    """Screening has a doubt, or could not be asked: a moderator looks."""


class Asked(StrEnum):
    """How it went when the page behind a link was asked for."""

    FOUND = "found"
    CLOSED = "closed"
    """There is something, and we may not read it: robots, a login, no web page."""
    GONE = "gone"
    AWAY = "away"
    """It could not be had this time."""


@dataclass(frozen=True, slots=True)
class PageAsked:
    """What came of asking for the page behind a link."""

    asked: Asked
    url: str = ""
    """Where it led in the end."""
    title: str = ""
    doi: str = ""


class Resource(SQLModel, table=True):
    """What is known of an address that stands in posts of an Event. Who shared it is read from the posts themselves."""

    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        Index("ix_resource_ask_at", "ask_at"),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    key: str = Field(max_length=RESOURCE_KEY_LETTERS)
    """Of its `identity`: what stands for it in addresses of ours."""
    url: str = Field(max_length=LONGEST_URL)
    """Cleaned: what is asked."""
    leads_to: str = Field(default="", max_length=LONGEST_URL)
    """Where it leads on to, cleaned; '' if nowhere, or not known yet."""
    title: str = Field(default="", max_length=LONGEST_PAGE_TITLE)
    title_state: TitleState = Field(default=TitleState.NONE, sa_type=stored(TitleState))
    title_version: int = 0
    """Counts its changes: what a moderator decides is about the one that they saw."""
    doi: str = Field(default="", max_length=200)
    """As its page says; that in its address is read from there."""
    kind_by_hand: ResourceKind | None = Field(default=None, sa_type=stored(ResourceKind))
    mark: Mark = Field(default=Mark.NONE, sa_type=stored(Mark))
    asked_at: AwareDatetime | None = None
    """When its page was asked last."""
    ask_at: AwareDatetime | None = None
    """When it is to be asked next; None if never."""
    failures: int = 0
    """So often in a row it could not be had."""
    dead_since: AwareDatetime | None = None
    """Since when nobody finds a page there."""


def key_of(identity: str) -> str:
    """The key of an address, as `identity` has it."""
    return hashlib.sha256(identity.encode()).hexdigest()[:RESOURCE_KEY_LETTERS]
