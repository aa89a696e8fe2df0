"""Posts are passed on: each repost counts at its original, once."""

from datetime import datetime

from sqlmodel import Session, select

from app.actions.change_log import publish
from app.domain.incoming import IncomingRepost
from app.domain.post import Repost
from app.domain.subject import Subject
from app.queries.posts import post_by_ref


def count_repost(db: Session, event_id: int, repost: IncomingRepost, *, at: datetime) -> None:
    """Count a repost at its original, once. It waits for an original that has not arrived yet."""
    seen = select(Repost.id).where(
        Repost.event_id == event_id, Repost.source == repost.source, Repost.ref == repost.ref
    )
    if db.exec(seen).first() is not None:
        return
    db.add(Repost(event_id=event_id, source=repost.source, ref=repost.ref, of_ref=repost.of_ref))
    original = post_by_ref(db, event_id, repost.source, repost.of_ref)
    if original is not None and original.withdrawn_at is None:
        original.reposts += 1
        publish(db, event_id, Subject.POST, original.id, at=at)
