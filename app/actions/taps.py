"""What was tapped on a tablet, perhaps minutes ago: done once each, and not over what others did since."""

from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete

from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.question import Question
from app.domain.tap import SettledTap, Tap

TAPS_REMEMBERED = timedelta(days=1)


class SettledBefore(Exception):
    """That tap was sent again: it is done, and its answer was lost."""


class MovedOn(Exception):
    """Somebody decided `by_other` while the tablet could not know; `question` is what it was asked about."""

    def __init__(self, by_other: Decision, question: Question | None = None) -> None:
        super().__init__(by_other.id)
        self.by_other, self.question = by_other, question


def settle_once(db: Session, event_id: int, tap: Tap, *, at: datetime) -> Event:
    """The first statement of each verb of a tap: two of them wait for one another, so that the second sees the first.

    Raises SettledBefore.
    """
    event = db.get_one(Event, event_id, with_for_update=True)
    insert = (sqlite if db.get_bind().dialect.name == "sqlite" else postgresql).insert
    settled = insert(SettledTap).values(event_id=event_id, name=tap.name, at=at).on_conflict_do_nothing()
    # Asked for the row: a count of rows is none that every driver gives after an insert.
    if db.execute(settled.returning(col(SettledTap.name))).first() is None:
        raise SettledBefore
    return event


def forget_taps(db: Session, *, at: datetime) -> None:
    """No tablet keeps anything for so long."""
    db.exec(delete(SettledTap).where(col(SettledTap.at) < at - TAPS_REMEMBERED))
