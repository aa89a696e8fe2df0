"""A weekly chat whose editions are made, for tests of series."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app.actions.series import Described, found_series
from app.domain.event import Event
from app.domain.series import Edition, Series
from app.queries.series import Dated

FOUNDED = datetime(2026, 10, 13, 12, 0, tzinfo=UTC)
"""A Tuesday, two weeks before the clocks of London change."""
TUESDAYS = Described(date(2026, 10, 13), time(20, 0), about="For everybody who makes tea.", confidence="Name nobody.")
FACTS: dict[str, Any] = {"name": "Tea chat", "hashtags": ["teachat"]}
WEEK = timedelta(weeks=1)


def weekly(
    db: Session, *, at: datetime = FOUNDED, described: Described = TUESDAYS, slug: str = "tea", **more: Any
) -> Series:
    return found_series(db, slug, described, **{**FACTS, **more}, at=at)


def editions(db: Session, series_id: int = 0) -> list[Dated]:
    """All of them, by day."""
    found = select(Edition, Event).join(Event, col(Event.id) == Edition.event_id).order_by(col(Edition.planned_on))
    return [Dated(*row) for row in db.exec(found) if series_id in {0, row[0].series_id}]
