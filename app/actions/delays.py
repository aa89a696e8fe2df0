"""Posts that show themselves after a while if nobody stops them, and only while a moderator is there."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.actions.applied_verdicts import apply_verdict
from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.seats_and_claims import clear_seats
from app.actions.verdicts import Seen, win
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.policy import Intake, Mode, Policy
from app.domain.post import Author, Post, Standing
from app.domain.subject import Subject
from app.domain.verdict import Verdict

BUFFER = Actor(label="delay", machine=True)
RUNNING, STOPPED = "running", "stopped"
AT_A_TIME = 100


def keep_desk(db: Session, event_id: int, *, at: datetime) -> int:
    """Clear empty seats; start, stop and end the delays. Gives how many posts showed themselves."""
    present = clear_seats(db, event_id, at=at)
    event = db.get_one(Event, event_id)
    policy = Policy.from_json(event.policy)
    shown = 0
    query = (
        select(Post, Author.standing)
        .join(Author, col(Author.id) == Post.author_id)
        .where(Post.event_id == event_id, Post.verdict == Verdict.HELD, col(Post.delayed).is_(True))
    )
    for post, standing in db.exec(query.order_by(col(Post.id)).limit(AT_A_TIME)).all():
        if not _may_run(event, policy, post, Standing(standing)):
            _stop(db, post, at=at)
        elif not present:
            _set(db, post, None, at=at)
        elif post.shows_at is None:
            _set(db, post, at + timedelta(seconds=policy.delay_seconds), at=at)
        elif post.unread and event.has_reader:
            continue
        elif post.shows_at <= at and win(db, post, Verdict.APPROVED, Seen(Verdict.HELD, post.revision)):
            apply_verdict(db, post, Verdict.APPROVED, by=BUFFER, at=at, before=Verdict.HELD, reason="nobody stopped it")
            shown += 1
    return shown


def stop_delay(db: Session, post_id: int, *, by: Actor, at: datetime) -> bool:
    """Let a post wait for a person after all. False if it does so already, or was decided."""
    post = db.get_one(Post, post_id)
    if post.verdict is not Verdict.HELD or not post.delayed:
        return False
    decide(db, post.event_id, Subject.DELAY, post.id, RUNNING, STOPPED, by=by, at=at, revision=post.revision)
    _stop(db, post, at=at)
    return True


def take_back_stop(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """It may show itself again, after the whole while. False if something else would: it was edited since."""
    post = db.get_one(Post, decision.subject_id)
    waits = post.verdict is Verdict.HELD and not post.delayed and decision.after == STOPPED
    if not waits or post.revision != decision.revision:
        return False
    decide(db, post.event_id, Subject.DELAY, post.id, STOPPED, RUNNING, by=by, at=at, undoes=decision)
    post.delayed = True
    publish(db, post.event_id, Subject.POST, post.id, at=at)
    return True


def _may_run(event: Event, policy: Policy, post: Post, standing: Standing) -> bool:
    """Whatever has become stricter since the post came counts."""
    open_ = event.intake is Intake.OPEN and standing is not Standing.BLOCKED
    return open_ and policy.mode_for(post.source) is Mode.DELAY and not post.doubts


def _stop(db: Session, post: Post, *, at: datetime) -> None:
    post.delayed, post.shows_at = False, None
    publish(db, post.event_id, Subject.POST, post.id, at=at)


def _set(db: Session, post: Post, shows_at: datetime | None, *, at: datetime) -> None:
    if post.shows_at != shows_at:
        post.shows_at = shows_at
        publish(db, post.event_id, Subject.POST, post.id, at=at)
