"""Who may do what: a role for an Event, given by a link."""

from enum import StrEnum

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from app.domain.column_types import stored
from app.domain.screen_kind import ScreenKind


class Role(StrEnum):
    OWNER = "owner"
    MODERATOR = "moderator"
    SPEAKER = "speaker"
    SCREEN = "screen"
    DELEGATE = "delegate"
    """Somebody in the room who is known to the organiser: what they send from their phone is trusted."""


class Access(SQLModel, table=True):
    """A role for an Event, given by a link that can be revoked. Only the link's hash is kept."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    role: Role = Field(sa_type=stored(Role))
    label: str = Field(default="", max_length=80)
    token_hash: str = Field(max_length=64, unique=True)
    home_link_id: int | None = Field(default=None, foreign_key="homelink.id")
    """The home link that it was entered with; it holds no longer than that."""
    created_at: AwareDatetime
    expires_at: AwareDatetime | None = None
    revoked_at: AwareDatetime | None = None
    room_id: int | None = Field(default=None, foreign_key="room.id")
    """The room in which its screen hangs; None shows all of them."""
    may_show: ScreenKind = Field(default=ScreenKind.EVERYTHING, sa_type=stored(ScreenKind))
    showing: str = Field(default="", max_length=64)
    """The scene of this screen alone; '' if it shows what its room shows."""
    seen_at: AwareDatetime | None = None
    """When its screen answered last, to the minute."""
