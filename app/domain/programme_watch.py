"""The address at which an organiser's programme stands: looked at now and then."""

from datetime import datetime, timedelta

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from app.domain.column_types import StoredSentence
from app.domain.event import EventState

LOOKED_AT_EVERY = timedelta(minutes=10)
OVER = frozenset({EventState.CLOSED, EventState.ARCHIVED})
"""Nothing is looked at any more, until it is opened again."""


class ProgrammeWatch(SQLModel, table=True):
    """One for an Event, while its programme is watched."""

    __tablename__ = "programme_watch"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    url: str = Field(max_length=2000)
    applies_itself: bool = False
    """Changes are put in place without a person, unless somebody should read them first or questions hang on them."""
    looked_at: AwareDatetime | None = None
    trouble: str = Field(default="", sa_type=StoredSentence)
    """Why it could not be had or read; '' if it could."""
    seen: str = Field(default="", max_length=64)
    """What stood there, as a hash: what was dealt with once is not again."""


def is_due(looked_at: datetime | None, at: datetime) -> bool:
    return looked_at is None or at - looked_at >= LOOKED_AT_EVERY
