"""Where an Event's posts come from."""

from enum import StrEnum

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel, UniqueConstraint

from app.domain.column_types import StoredSentence, shaped, stored
from app.domain.stored_json import OPEN


class SourceState(StrEnum):
    OFF = "off"
    STARTING = "starting"
    LIVE = "live"
    CATCHING_UP = "catching_up"
    POLLING = "polling"
    WAITING = "waiting"
    STOPPED = "stopped"
    LOOKING_AFTER = "looking_after"
    """Its Event is closed, or it is switched off: nothing new is read, what is kept goes on being asked for."""


class Source(SQLModel, table=True):
    """Where an Event's posts come from, and how that is going."""

    __table_args__ = (UniqueConstraint("event_id", "kind"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    kind: str = Field(max_length=16)
    enabled: bool = True
    options: dict[str, object] = Field(default_factory=dict, sa_type=shaped("source.options", OPEN))
    state: SourceState = Field(default=SourceState.OFF, sa_type=stored(SourceState))
    detail: str = Field(default="", sa_type=StoredSentence)
    """What is going on, for the moderator, in a plain sentence; never a secret."""
    unseen: str = Field(default="", sa_type=StoredSentence)
    """That what is deleted there cannot be noticed now, since when and why; '' while it is."""
    cost: str = Field(default="", sa_type=StoredSentence)
    """What reading has cost, for the organiser; '' where it costs nothing."""
    looked_through_at: AwareDatetime | None = None
    """When all that is kept was last asked for since the Event is over."""
    told_posts: int = 0
    """So many posts the network itself had counted for our credential on `told_day`."""
    told_day: str = Field(default="", max_length=10)
    state_since: AwareDatetime | None = None
    next_try_at: AwareDatetime | None = None
    last_post_at: AwareDatetime | None = None
    last_heard_at: AwareDatetime | None = None
    position: dict[str, object] = Field(default_factory=dict, sa_type=shaped("source.position", OPEN))
    leased_by: str = Field(default="", max_length=64)
    leased_until: AwareDatetime | None = None
