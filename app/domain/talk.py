"""One slot of the programme."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from app.domain.column_types import shaped
from app.domain.stored_json import TEXTS


class Talk(SQLModel, table=True):
    """One slot of the programme, with room and speakers. Never called a session."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    title: str = Field(max_length=200)
    room: str = Field(default="", max_length=80)
    """As the programme calls it; a Talk without one is in all rooms."""
    room_id: int | None = Field(default=None, foreign_key="room.id", index=True)
    speakers: list[str] = Field(default_factory=list, sa_type=shaped("talk.speakers", TEXTS))
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    takes_questions: bool = True
    key: str = Field(default="", max_length=300)
    """Its identifier in the file that it was imported from; '' if it was typed by hand."""
    do_not_share: bool = False
    """The speakers ask that nothing of it is passed on: no photos, not in the archive."""
