"""What an Event need not keep once it is over."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.actions.withdrawals import erase
from app.domain.decision import Actor
from app.domain.post import Post
from app.domain.verdict import Verdict
from app.queries.event_end import last_sign
from app.queries.events import is_there

KEPT = timedelta(days=7)
"""So long a rejected post can be brought back."""
ERASED_AT_ONCE = 50
WATCH = Actor(label="retention", machine=True)


def erase_rejected(db: Session, event_id: int, kind: str, *, at: datetime) -> None:
    """Empty some rejected posts of a network a week after the end: nobody looks after them any more.

    A network asks that what its authors delete goes; to look for ever whether they did is paid for each day.
    """
    if not is_there(db, event_id) or at - last_sign(db, event_id) < KEPT:
        return
    rejected = select(Post).where(
        Post.event_id == event_id,
        Post.source == kind,
        Post.verdict == Verdict.REJECTED,
        col(Post.withdrawn_at).is_(None),
    )
    for post in db.exec(rejected.order_by(col(Post.id)).limit(ERASED_AT_ONCE)):
        erase(db, post, reason="not kept after the event", by=WATCH, at=at)
