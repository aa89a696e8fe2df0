"""Posts that say the same are one card in the queue: what happens to one of them concerns that card."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.domain.post import Post
from app.domain.subject import Subject
from app.domain.verdict import Verdict

MAX_ALIKE = 500
"""So many posts that say the same are decided at once."""


def alike(db: Session, post: Post, *, limit: int = MAX_ALIKE) -> list[Post]:
    """The other posts that wait and say the same, oldest first."""
    if not post.cluster:
        return []
    query = select(Post).where(
        Post.event_id == post.event_id,
        Post.cluster == post.cluster,
        Post.verdict == Verdict.HELD,
        col(Post.id) != post.id,
    )
    return list(db.exec(query.order_by(col(Post.id)).limit(limit)))


def announce_cluster(db: Session, event_id: int, cluster: str, *, at: datetime) -> None:
    """A post left a cluster otherwise than by a verdict: the card that is left counts afresh."""
    if not cluster:
        return
    for verdict in (Verdict.HELD, Verdict.APPROVED):
        first = db.exec(
            select(Post.id)
            .where(Post.event_id == event_id, Post.cluster == cluster, Post.verdict == verdict)
            .order_by(col(Post.id))
            .limit(1)
        ).first()
        if first is not None:
            publish(db, event_id, Subject.POST, first, at=at)
