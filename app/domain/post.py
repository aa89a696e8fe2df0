"""Posts and their authors, as we keep them."""

from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import BigInteger, text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from app.domain.author_standing import Standing
from app.domain.column_types import shaped, stored
from app.domain.source_marks import FLOOR
from app.domain.stored_json import BYLINE, EXTRAS, PHOTOS, QUOTE, SCORES, SEGMENTS, SIGNALS
from app.domain.verdict import Unread, Verdict

__all__ = ["Author", "Picture", "Post", "Repost", "Standing"]


DOUBTFUL = "doubts != ''"
TAKEN_DOWN = "coalesce(verdict, '') = 'rejected' AND wall_cursor IS NOT NULL AND withdrawn_at IS NULL"
"""Conditions of indexes that hold a few of many posts; a query says them in the same words to be served by one. With
`coalesce`, as else SQLite would take an index that begins with the verdict, and so all that were ever rejected."""


def _where(name: str, *columns: str, where: str) -> Index:
    """An index of the rows for which a condition holds, on both databases."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class Author(SQLModel, table=True):
    """Who wrote posts: one account of a source, whatever it calls itself. Not a user of ours."""

    __table_args__ = (
        UniqueConstraint("event_id", "source", "ref"),
        Index("ix_author_event_handle", "event_id", "source", "handle"),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    source: str = Field(max_length=16)
    ref: str = Field(max_length=220)
    """The account's id at its network; `@handle` where none is told. The handle may change hands, this never."""
    handle: str = Field(max_length=200)
    name: str = Field(max_length=200)
    avatar: str = Field(default="", max_length=64)
    """Key of a Picture, '' if there is none."""
    url: str = Field(default="", max_length=500)
    verified: str = Field(default="", max_length=16)
    standing: Standing = Field(default=Standing.OPEN, sa_type=stored(Standing))
    first_seen_at: AwareDatetime


class Post(SQLModel, table=True):
    """A stored post, unique by (event, source, ref)."""

    __table_args__ = (
        UniqueConstraint("event_id", "source", "ref"),
        Index("ix_post_event_verdict", "event_id", "verdict", "id"),
        Index("ix_post_event_wall_cursor", "event_id", "wall_cursor"),
        Index("ix_post_event_cluster", "event_id", "cluster"),
        Index("ix_post_event_decided", "event_id", "verdict", "decided_at", "id"),
        Index("ix_post_event_received", "event_id", "received_at"),
        _where("ix_post_event_doubtful", "event_id", "id", where=DOUBTFUL),
        _where("ix_post_event_taken_down", "event_id", where=TAKEN_DOWN),
        _where("ix_post_event_room", "event_id", "room_id", "verdict", where="room_id IS NOT NULL"),
        Index("ix_post_shows_at", "shows_at"),
        Index("ix_post_unread", "unread", "rank"),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    author_id: int = Field(foreign_key="author.id", index=True)
    source: str = Field(max_length=16)
    ref: str = Field(max_length=200)
    version: int = 0
    """Counts its author's edits."""
    revision: int = 0
    """Counts every change of what a screen would show of it: its words, its name, its quote. What somebody decides
    counts for the revision that they saw."""
    version_ref: str = Field(default="", max_length=200)
    byline: dict[str, Any] = Field(default_factory=dict, sa_type=shaped("post.byline", BYLINE))
    """`{"name", "handle", "avatar": key, "url", "verified"}` as it came with this version: what is approved with it.

    Where a moderator has taken a newer one, `before` holds the one that stood there, so that it can come back.
    """
    text: str
    segments: list[dict[str, str]] = Field(default_factory=list, sa_type=shaped("post.segments", SEGMENTS))
    photos: list[dict[str, object]] = Field(default_factory=list, sa_type=shaped("post.photos", PHOTOS))
    """Each `{"picture": key, "alt", "width", "height", "kind"}`."""
    quote: dict[str, object] | None = Field(default=None, sa_type=shaped("post.quote", QUOTE))
    """`{"available", "name", "handle", "avatar", "text", "url"}` and, since they are kept, `posted_at`, `verified` and
    `photos` as those of a post; or None."""
    extras: dict[str, Any] = Field(default_factory=dict, sa_type=shaped("post.extras", EXTRAS))
    """What else hangs on it and is shown with it: `{"poll": [option, …]}`; `"recorded"` of what came in by a file."""
    reply_to: str = Field(default="", max_length=200)
    """Handle of whom it answers, '' if nobody."""
    url: str = Field(default="", max_length=500)
    lang: str = Field(default="", max_length=16)
    sensitive: bool = False
    reposts: int = 0
    device: str = Field(default="", max_length=64, index=True)
    vouched: bool = False
    """Sent with the link of somebody whom the organiser knows; see `Incoming`."""
    asks: bool = False
    """It asks the speakers: approval makes it a Question."""
    talk_id: int | None = Field(default=None, foreign_key="talk.id")
    """The Talk whose speakers it asks; None if it asks those of the Event, as between talks."""
    room_id: int | None = Field(default=None, foreign_key="room.id")
    """The room that it asks in; None for what is of no room."""
    fingerprint: str = Field(default="", max_length=64, index=True)
    posted_at: AwareDatetime
    edited_at: AwareDatetime | None = None
    received_at: AwareDatetime
    verdict: Verdict = Field(default=Verdict.HELD, sa_type=stored(Verdict))
    signals: list[dict[str, object]] = Field(default_factory=list, sa_type=shaped("post.signals", SIGNALS))
    scores: dict[str, float] = Field(default_factory=dict, sa_type=shaped("post.scores", SCORES))
    """How likely it is of each kind, from 0 to 1; below every threshold too."""
    unread: Unread = Field(default=Unread.NO, sa_type=stored(Unread))
    """Whether the reader has yet to read it, and what it does then."""
    found: dict[str, float] = Field(default_factory=dict, sa_type=shaped("post.found", SCORES))
    """What the reader found, in log-odds: rules that change are applied together with it."""
    doubts: str = Field(default="", max_length=200)
    """Categories of its signals from nudge on, each with commas around: ",privacy,spam,"."""
    screened_with: int = 0
    """Version of the policy that its signals come from."""
    rank: int = Field(default=0, sa_type=BigInteger)
    """Its place in the queue, smaller first: seconds since the epoch when it came, less what its risk is worth."""
    cluster: str = Field(default="", max_length=32)
    """The same for posts that say the same; '' for those too short to compare."""
    delayed: bool = False
    """It may show itself after a while if nobody stops it."""
    shows_at: AwareDatetime | None = None
    """When it will. None while nobody is at the desk."""
    agreed_by: str = Field(default="", max_length=80)
    agreed_access_id: int | None = None
    """Who has agreed to a post that needs two to be approved."""
    suggested: str = Field(default="", max_length=2000)
    """Shorter words that a moderator asks its author to take; only of what came from a phone, and while it waits."""
    declined_as: str = Field(default="", max_length=16)
    """Why it was rejected, in one of the words its author may read."""
    decided_at: AwareDatetime | None = None
    decided_by: str = Field(default="", max_length=80)
    decided_by_machine: bool = False
    """It was the rules or the delay, whatever somebody may have called a link."""
    wall_cursor: int | None = None
    """The cursor at which it was last approved: its place on the wall. None = never shown."""
    wall_number: int | None = None
    """Which of the Event's approvals that was: neighbours on the wall by number share no column."""
    withdrawn_at: AwareDatetime | None = None

    @property
    def from_phone(self) -> bool:
        """Whether somebody in the room wrote it, who alone may change it."""
        return self.source == FLOOR.key and bool(self.device)

    @property
    def all_photos(self) -> list[dict[str, object]]:
        """Every picture on its card: its own, then those of what it quotes."""
        theirs = (self.quote or {}).get("photos")
        return [*self.photos, *(theirs if isinstance(theirs, list) else [])]

    @property
    def pictures(self) -> list[str]:
        """Keys of all that it refers to: its photos, those of its quote, and both's authors, former ones too."""
        return pictures_of(self.photos, self.quote, self.byline)


def pictures_of(photos: Any, quote: Any, byline: Any) -> list[str]:
    """Keys of the pictures that these columns of a post refer to."""
    theirs = (quote or {}).get("photos")
    shown = [*photos, *(theirs if isinstance(theirs, list) else [])]
    faces = [quote or {}]
    while isinstance(byline, dict):  # each name that was taken remembers the one before
        faces.append(byline)
        byline = byline.get("before")
    keys = [str(photo["picture"]) for photo in shown] + [str(face.get("avatar", "")) for face in faces]
    return [key for key in keys if key]


class Repost(SQLModel, table=True):
    """That somebody passed a post on: counted once, at the original."""

    __table_args__ = (UniqueConstraint("event_id", "source", "ref"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    source: str = Field(max_length=16)
    ref: str = Field(max_length=200)
    of_ref: str = Field(max_length=200, index=True)


class Picture(SQLModel, table=True):
    """A picture that a stored post or author refers to. Only these may be fetched, and only by our server."""

    key: str = Field(primary_key=True, max_length=64)
    url: str = Field(max_length=2000)
    digest: str = Field(default="", max_length=64)
    """Of the bytes that stood there when it was first fetched: only those are shown. '' before that."""
    differs: bool = False
    """When it was last fetched anew, other bytes stood there: it is left out."""
