"""Letters of what was missed that are to be sent."""

from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from app.domain.digest import BROUGHT_FORWARD, DigestMail, DigestMoment, DigestState
from app.domain.event import Event, EventState

DIGESTS_AT_ONCE = 20
OVER = (EventState.CLOSED, EventState.ARCHIVED)


def digests_due(db: Session, at: datetime) -> list[int]:
    """Those whose time has come; those of the end also once their event is closed."""
    over = and_(
        col(DigestMail.moment) == DigestMoment.END,
        col(DigestMail.state) == DigestState.WANTED,
        col(DigestMail.due_at) > at + BROUGHT_FORWARD,
        col(Event.state).in_(OVER),
    )
    due = select(DigestMail.id).join(Event, col(Event.id) == DigestMail.event_id)
    due = due.where(col(DigestMail.due_at).is_not(None), or_(col(DigestMail.due_at) <= at, over))
    return list(db.exec(due.order_by(col(DigestMail.due_at), col(DigestMail.id)).limit(DIGESTS_AT_ONCE)))


def digest_of(db: Session, digest_id: int) -> tuple[DigestMail, Event] | None:
    """A letter with its event, if it is known."""
    mail = db.get(DigestMail, digest_id)
    return (mail, db.get_one(Event, mail.event_id)) if mail is not None else None
