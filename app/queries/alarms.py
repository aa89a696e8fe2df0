"""Which Events' desks must be watched."""

from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, or_, select

from app.domain.event import Event
from app.domain.post import Post
from app.domain.verdict import Verdict


def events_to_watch(db: Session, at: datetime) -> list[int]:
    """Events where something has waited since a while, or whose alarm rings."""
    lately = select(Post.id).where(Post.event_id == Event.id, Post.verdict == Verdict.HELD)
    waits = and_(col(Event.posts_held) > 0, lately.where(col(Post.received_at) > at - timedelta(hours=12)).exists())
    return list(db.exec(select(Event.id).where(or_(waits, col(Event.alarm) != "")).order_by(col(Event.id))))
