"""A meet of a monthly series, for tests: prepared, open or over."""

from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session

from app.actions.meets import describe_meet
from app.actions.series import Described
from app.domain.event import Event, EventKind
from app.domain.meet import MeetFacts
from app.domain.series import Every
from tests.conftest import ASHA
from tests.weekly import FOUNDED, editions, weekly

MONTHLY = Described(date(2026, 10, 20), time(14, 0), 120, Every.MONTH, about="Cake and talk.")
FACTS = MeetFacts(
    place="The Tea Room, 4 Quay Street, Leeds",
    map_url="https://map.example/quay",
    step_free="By the side door",
    quiet="A small room at the back",
    cake="Asha",
    agenda="# First\n- tea\n- cake",
)


def meet_made(db: Session, *, facts: MeetFacts = FACTS, at: datetime = FOUNDED, **more: Any) -> tuple[Event, Event]:
    """The first two meets of a series; the first is described."""
    series = weekly(
        db, slug="cake", kind=EventKind.MEET, described=MONTHLY, at=at,
        **{"name": "Cake meet", "hashtags": ["cake"], **more},
    )  # fmt: skip
    first, second = [one.event for one in editions(db, series.id)][:2]
    describe_meet(db, first.id, facts, by=ASHA, at=at)
    return first, second
