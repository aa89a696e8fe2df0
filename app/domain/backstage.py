"""What the desk tells the stage, and nobody else: “five minutes left”, “the slides are up”."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

LONGEST_WORD = 200
MOST_MINUTES_LEFT = 180


class BackstageWord(SQLModel, table=True):
    """A few words from the desk for a tablet on stage; never for a wall or a phone of the audience."""

    __tablename__ = "backstage_word"

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    room_id: int | None = Field(default=None, foreign_key="room.id")
    """The room whose stage reads it; None for all."""
    text: str = Field(max_length=LONGEST_WORD)
    by: str = Field(max_length=80)
    at: AwareDatetime
    until: AwareDatetime | None = None
    """When the talk is to end; once it was seen on stage both count down to it. None for mere words."""
    talk_id: int | None = None
    """The talk whose end it is. No foreign key: it may be gone."""
    seen_at: AwareDatetime | None = None
    """When somebody on stage said that they have read it."""
    seen_by: str = Field(default="", max_length=80)
