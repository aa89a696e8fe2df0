"""Taps are taken back: the last that somebody did, or one that is named, unless others went on from there unseen."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.decisions import not_taken_back
from app.actions.taps import MovedOn, settle_once
from app.actions.undo import could_be_undone, undo
from app.domain.decision import Actor, Decision
from app.domain.question import Question
from app.domain.subject import Subject
from app.domain.tap import Tap
from app.queries.taps import done_meanwhile

OF_QUESTIONS = frozenset({
    Subject.QUESTION, Subject.MARK, Subject.HOLD, Subject.MERGE, Subject.VOTES, Subject.PLACE, Subject.REPLY,
})  # fmt: skip


def undo_by_tap(db: Session, event_id: int, tap: Tap, *, by: Actor, at: datetime) -> Decision | None:
    """Take back the last that this person did. Raises SettledBefore, and MovedOn if others went on from there unseen.

    What is passed over, because it is not as they left it, is as much theirs: also that must not have happened unseen.
    """
    settle_once(db, event_id, tap, at=at)
    for decision in could_be_undone(db, event_id, by):
        if _undone(db, decision, tap, by=by, at=at):
            return decision
    return None


def undo_tap(db: Session, event_id: int, tap: Tap, key: str, *, by: Actor, at: datetime) -> Decision | None:
    """Take back what another tap of the same tablet did, whatever else was done since. Raises as `undo_by_tap` does."""
    settle_once(db, event_id, tap, at=at)
    done = select(Decision).where(Decision.event_id == event_id, Decision.tap == tap.named(key), not_taken_back())
    done = done.where(col(Decision.cause_id).is_(None), col(Decision.undoes_id).is_(None))
    undone = None
    for decision in db.exec(done.order_by(col(Decision.id).desc())).all():
        if _undone(db, decision, tap, by=by, at=at):
            undone = decision
    return undone


def _undone(db: Session, decision: Decision, tap: Tap, *, by: Actor, at: datetime) -> bool:
    if other := done_meanwhile(db, decision.event_id, tap, decision.subject, [decision.subject_id]):
        about = decision.subject in OF_QUESTIONS
        raise MovedOn(other, db.get(Question, decision.subject_id) if about else None)
    return undo(db, decision, by=by, at=at)
