"""What one press changes for everybody at once: what the walls show, and what gets in. Each can be undone."""

from datetime import datetime

from sqlmodel import Session, col, update

from app.actions.change_log import publish, publish_all
from app.actions.decisions import decide
from app.domain.decision import Actor, Decision
from app.domain.event import Event, WallState
from app.domain.policy import Intake
from app.domain.post import Post
from app.domain.subject import Subject
from app.domain.verdict import Verdict

DELAYED = 500


def set_wall_state(
    db: Session, event_id: int, state: WallState, *, by: Actor, at: datetime, reason: str = ""
) -> Decision | None:
    """Show the feed, pause it, or blank it, on every wall of the Event. None if it is so already."""
    event = db.get_one(Event, event_id)
    return None if event.wall_state is state else _show(db, event, state, by=by, at=at, reason=reason)


def take_back_wall_state(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    event = db.get_one(Event, decision.subject_id)
    if event.wall_state != decision.after:
        return False
    _show(db, event, WallState(decision.before), by=by, at=at, undoes=decision)
    return True


def set_intake(
    db: Session, event_id: int, intake: Intake, *, by: Actor, at: datetime, reason: str = ""
) -> Decision | None:
    """Hold everything, let only trusted authors in, or go by the policy again. None if it is so already."""
    event = db.get_one(Event, event_id)
    return None if event.intake is intake else _admit(db, event, intake, by=by, at=at, reason=reason)


def take_back_intake(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    event = db.get_one(Event, decision.subject_id)
    if event.intake != decision.after:
        return False
    _admit(db, event, Intake(decision.before), by=by, at=at, undoes=decision)
    return True


def clear_wall(db: Session, event_id: int, *, by: Actor, at: datetime) -> Decision:
    """Start afresh: what was approved until now leaves walls and phones; its verdicts stay."""
    event = db.get_one(Event, event_id)
    return _clear(db, event, event.cursor, by=by, at=at)


def take_back_clearing(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    event = db.get_one(Event, decision.subject_id)
    if str(event.cleared_at) != decision.after:
        return False
    _clear(db, event, int(decision.before), by=by, at=at, undoes=decision)
    return True


def _show(
    db: Session,
    event: Event,
    state: WallState,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    undoes: Decision | None = None,
) -> Decision:
    decision = decide(
        db, event.id, Subject.EVENT, event.id, event.wall_state, state, by=by, at=at, reason=reason, undoes=undoes
    )
    again = event.shown_again is state
    event.wall_state = state
    cursor = publish(db, event.id, Subject.EVENT, event.id, at=at)
    if state is WallState.LIVE:
        event.paused_at = 0
    elif state is WallState.PAUSED and not again:
        event.paused_at = cursor
    return decision


def _admit(
    db: Session,
    event: Event,
    intake: Intake,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    undoes: Decision | None = None,
) -> Decision:
    decision = decide(
        db, event.id, Subject.INTAKE, event.id, event.intake, intake, by=by, at=at, reason=reason, undoes=undoes
    )
    event.intake = intake
    if intake is not Intake.OPEN:
        _stop_delays(db, event.id, at=at)
    publish(db, event.id, Subject.EVENT, event.id, at=at)
    return decision


def _stop_delays(db: Session, event_id: int, *, at: datetime) -> None:
    """What was about to show itself waits for a person now."""
    stopped = update(Post).where(
        col(Post.event_id) == event_id, col(Post.verdict) == Verdict.HELD, col(Post.delayed).is_(True)
    )
    ids = list(db.exec(stopped.values(delayed=False, shows_at=None).returning(col(Post.id))).scalars())
    if ids:
        publish_all(db, event_id, Subject.POST, sorted(ids)[:DELAYED], at=at)


def _clear(
    db: Session, event: Event, cursor: int, *, by: Actor, at: datetime, undoes: Decision | None = None
) -> Decision:
    decision = decide(
        db, event.id, Subject.CLEARING, event.id, str(event.cleared_at), str(cursor), by=by, at=at, undoes=undoes
    )
    event.cleared_at = cursor
    publish(db, event.id, Subject.EVENT, event.id, at=at)
    return decision
