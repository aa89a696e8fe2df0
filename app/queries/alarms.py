"""Which Events' desks must be watched."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.post import Post
from app.domain.verdict import Verdict


def events_to_watch(db: Session, at: datetime) -> list[int]:
    """Events where something has waited since a while, or whose alarm rings."""
    waiting = select(Post.event_id).where(
        Post.verdict == Verdict.HELD, col(Post.received_at) > at - timedelta(hours=12)
    )
    return sorted({*db.exec(waiting.distinct()), *db.exec(select(Event.id).where(Event.alarm != ""))})
