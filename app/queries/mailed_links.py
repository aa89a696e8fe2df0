"""Links that were sent by e-mail, or are to be."""

from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from app.domain.access import Access
from app.domain.mailed_link import MailedLink, MailState

DUE_AT_ONCE = 20


def mailed_links(db: Session, event_id: int) -> list[tuple[MailedLink, Access]]:
    """Those whose link still holds, the newest first."""
    query = select(MailedLink, Access).join(Access, col(Access.id) == MailedLink.access_id)
    mine = query.where(MailedLink.event_id == event_id, col(Access.revoked_at).is_(None))
    return list(db.exec(mine.order_by(col(MailedLink.id).desc())).all())


def how_many_wait(db: Session) -> int:
    """Of all events: one queue is sent by one server."""
    return db.exec(select(func.count()).where(MailedLink.state == MailState.WAITING)).one()


def mails_due(db: Session, at: datetime) -> list[int]:
    due = or_(col(MailedLink.next_try_at).is_(None), col(MailedLink.next_try_at) <= at)
    query = select(MailedLink.id).where(MailedLink.state == MailState.WAITING, due)
    return list(db.exec(query.order_by(col(MailedLink.id)).limit(DUE_AT_ONCE)))
