"""Web addresses that are told what happens."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from app.domain.column_types import StoredSentence


class Webhook(SQLModel, table=True):
    """A web address that is told what happens in an Event."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    url: str = Field(max_length=2000)
    secret: str = Field(max_length=64)
    """Signs what is sent, so that the receiver knows it is from us."""
    cursor: int = 0
    """Lines of the log up to here were delivered."""
    detail: str = Field(default="", sa_type=StoredSentence)
    """What went wrong last, '' if nothing did."""
    failures: int = 0
    next_try_at: AwareDatetime | None = None
    created_at: AwareDatetime
