"""One person on several networks is one card: what another network's post says already takes none of its own.

Nobody is taken for anybody: authors stay as they are, each of its network, and what is kept is that the posts say the
same. When the one that has the card goes, the others wait for a moderator again.
"""

import hashlib
from datetime import datetime

from sqlmodel import Session

from app.actions.applied_verdicts import apply_verdict
from app.actions.change_log import publish
from app.actions.clusters import announce_cluster
from app.domain.decision import MACHINE
from app.domain.post import Post
from app.domain.rejection_reasons import Declined
from app.domain.source_marks import FLOOR
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.folds import first_said, folded_into

ALONE = "what said the same is gone"


def fold(db: Session, post_id: int, *, at: datetime) -> None:
    """Put a post that has just come, or was edited, with the one of another network that says all that it says."""
    post = db.get_one(Post, post_id)
    if post.asks or post.source == FLOOR.key or post.verdict not in (Verdict.HELD, Verdict.APPROVED):
        return
    first = first_said(db, post)
    if first is None:
        return
    left = post.cluster
    first.cluster = first.cluster or hashlib.sha256(f"post {first.id}".encode()).hexdigest()[:32]
    post.cluster = first.cluster
    if first.verdict is Verdict.APPROVED:
        reason = f"says the same as post {first.id}"
        apply_verdict(db, post, Verdict.REJECTED, by=MACHINE, at=at, reason=reason, declined_as=Declined.REPEAT)
    publish(db, post.event_id, Subject.POST, post.id, at=at)
    publish(db, post.event_id, Subject.POST, first.id, at=at)
    if left != post.cluster:
        announce_cluster(db, post.event_id, left, at=at)


def unfold(db: Session, post: Post, cluster: str, *, at: datetime) -> None:
    """A post that had the card says it no longer: who said the same elsewhere is heard again."""
    for other in folded_into(db, post, cluster):
        apply_verdict(db, other, Verdict.HELD, by=MACHINE, at=at, reason=ALONE)
    announce_cluster(db, post.event_id, cluster, at=at)
