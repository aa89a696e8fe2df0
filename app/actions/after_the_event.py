"""What an Event need not keep once it is over."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.actions.withdrawals import erase
from app.domain.decision import Actor
from app.domain.event import Event, EventState
from app.domain.post import Post
from app.domain.verdict import Verdict
from app.queries.event_end import last_sign

KEPT = timedelta(days=7)
"""So long a rejected post can be brought back."""
ERASED_AT_ONCE = 50
RETENTION = Actor(label="retention", machine=True)


def erase_unwanted(db: Session, event_id: int, kind: str, *, at: datetime) -> int:
    """Empty some posts of a network a week after the end: what was rejected, and of an archived Event all that was not
    approved. Nobody asks what became of them any more. Gives how many there were.

    A network asks that what its authors delete goes; to look for ever whether they did is paid for each day.
    """
    event = db.get(Event, event_id)
    if event is None or at - last_sign(db, event_id) < KEPT:
        return 0
    archived = event.state is EventState.ARCHIVED
    unwanted = col(Post.verdict) != Verdict.APPROVED if archived else col(Post.verdict) == Verdict.REJECTED
    query = select(Post).where(Post.event_id == event_id, Post.source == kind, col(Post.withdrawn_at).is_(None))
    posts = db.exec(query.where(unwanted).order_by(col(Post.id)).limit(ERASED_AT_ONCE)).all()
    for post in posts:
        erase(db, post, reason="not kept after the event", by=RETENTION, at=at)
    return len(posts)
