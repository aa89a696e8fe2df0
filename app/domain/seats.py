"""Who is at the desk, and who looks at what. Times in seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.event import Seat

BEAT = 10
"""A desk says so often that somebody sits there."""
PRESENT = timedelta(seconds=30)
"""A desk that said nothing for longer is left."""
LEASE = timedelta(seconds=25)
"""So long a claim holds without being renewed: a little more than two beats."""


@dataclass(frozen=True, slots=True)
class Present:
    """Those who sit at the desks of an Event, first come first."""

    seats: tuple[Seat, ...] = ()

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(seat.label for seat in self.seats))


def is_present(seat: Seat, at: datetime) -> bool:
    return at - seat.seen_at <= PRESENT
