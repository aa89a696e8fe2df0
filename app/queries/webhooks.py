"""Web addresses that are told what happens, and which are due."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from app.domain.event import Event
from app.domain.webhook import Webhook


def webhooks(db: Session, event_id: int) -> list[Webhook]:
    return list(db.exec(select(Webhook).where(Webhook.event_id == event_id).order_by(col(Webhook.id))))


def webhooks_due(db: Session, at: datetime) -> list[Webhook]:
    """Those not told everything whose next try is due: who answers first, then who has waited longest."""
    query = (
        select(Webhook)
        .join(Event, col(Event.id) == Webhook.event_id)
        .where(col(Webhook.cursor) < col(Event.cursor))
        .where(or_(col(Webhook.next_try_at).is_(None), col(Webhook.next_try_at) <= at))
    )
    return list(
        db.exec(query.order_by(col(Webhook.failures) > 0, col(Webhook.next_try_at), col(Webhook.id)).limit(100))
    )
