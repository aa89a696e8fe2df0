"""The Event's ordered log."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel


class Publication(SQLModel, table=True):
    """One line of an Event's log: which row changed, not how. `cursor` is gapless within the Event."""

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    cursor: int = Field(primary_key=True)
    subject: str = Field(max_length=16)
    subject_id: int
    at: AwareDatetime
