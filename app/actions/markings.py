"""A network marks a post as sensitive that it had not marked before: it leaves the screens, and a person looks."""

from datetime import datetime

from sqlmodel import Session

from app.actions.applied_verdicts import apply_verdict
from app.actions.change_log import publish
from app.actions.post_columns import put_signals
from app.domain.decision import MACHINE
from app.domain.incoming import Marked
from app.domain.screening.checks.marked_sensitive import MARKED
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.posts import post_by_ref

MARKED_LATER = "its network marks it as sensitive now"


def mark_sensitive(db: Session, event_id: int, marked: Marked, *, at: datetime) -> None:
    """What was marked when it came is as its moderator let it through: that stays."""
    post = post_by_ref(db, event_id, marked.source, marked.ref)
    if post is None or post.withdrawn_at is not None or post.sensitive:
        return
    post.sensitive = True
    post.revision += 1  # whoever decides at this moment has to look once more
    post.delayed, post.shows_at = False, None
    put_signals(post, [*post.signals, MARKED.as_stored()])
    if post.verdict is Verdict.APPROVED:
        apply_verdict(db, post, Verdict.HELD, by=MACHINE, at=at, reason=MARKED_LATER)
    else:
        publish(db, event_id, Subject.POST, post.id, at=at)
