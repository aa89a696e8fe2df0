"""Whether an Event is over: somebody closed it, or its programme has ended and nobody was at its desk since."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from app.domain.decision import Decision
from app.domain.event import Event, EventState
from app.domain.seats import Seat
from app.domain.subject import OF_ORGANISERS
from app.domain.talk import Talk

QUIET = timedelta(hours=24)
"""So long after the last sign of life an Event is over. It goes on when somebody opens its desk."""


def last_sign(db: Session, event_id: int) -> datetime:
    """The end of the last talk, the last decision of a person at the desk, or when somebody last sat at the desk."""
    decided = (
        select(Decision.at)
        .where(Decision.event_id == event_id, col(Decision.access_id).is_not(None))
        .where(col(Decision.subject).not_in(OF_ORGANISERS))
        .order_by(col(Decision.id).desc())
        .limit(1)
    )
    signs = (
        db.get_one(Event, event_id).created_at,
        db.exec(select(func.max(Talk.ends_at)).where(Talk.event_id == event_id)).one(),
        db.exec(decided).first(),
        db.exec(select(func.max(Seat.seen_at)).where(Seat.event_id == event_id)).one(),
    )
    return max(sign for sign in signs if sign is not None)


def is_over(db: Session, event_id: int, *, at: datetime) -> bool:
    """An Event that was deleted is over too."""
    event = db.get(Event, event_id)
    closed = event is None or event.state in {EventState.CLOSED, EventState.ARCHIVED}
    return closed or at - last_sign(db, event_id) >= QUIET
