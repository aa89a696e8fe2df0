"""Who is at the desk, and who looks at what. Times in seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel, UniqueConstraint

PRESENT = timedelta(seconds=30)
"""A desk that said nothing for longer is left."""


class Seat(SQLModel, table=True):
    """One open desk: who sits there, and which post they look at. Short-lived; the log of decisions is elsewhere."""

    __table_args__ = (UniqueConstraint("event_id", "tab"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    access_id: int = Field(foreign_key="access.id")
    label: str = Field(max_length=80)
    tab: str = Field(max_length=40)
    """Made by the page, so that two tabs of one person are two seats."""
    post_id: int | None = None
    until: AwareDatetime | None = None
    """Until then the post is claimed; nobody else is offered it."""
    seen_at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Present:
    """Those who sit at the desks of an Event, first come first."""

    seats: tuple[Seat, ...] = ()

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(seat.label for seat in self.seats))


def is_present(seat: Seat, at: datetime) -> bool:
    return at - seat.seen_at <= PRESENT
