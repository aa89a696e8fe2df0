"""Take back the last thing somebody did, whatever it was. Both entries stay in the log."""

from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.actions.authors import take_back_standing
from app.actions.events import take_back_screen
from app.actions.moderation import take_back_verdict
from app.actions.questions import take_back_move
from app.domain.decision import Actor, Decision

_TAKE_BACK = {
    "post": take_back_verdict,
    "author": take_back_standing,
    "question": take_back_move,
    "event": take_back_screen,
}


def undo_last(db: Session, event_id: int, *, by: Actor, at: datetime) -> Decision | None:
    """Undo the newest decision of this actor that still stands; None when there is nothing to undo.

    A decision that somebody has overruled since is passed over: undoing it would undo theirs.
    """
    for decision in db.exec(_own_standing(event_id, by)):
        if undo(db, decision, by=by, at=at):
            return decision
    return None


def undo(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """Undo one decision. False if the state is no longer the one it led to."""
    return _TAKE_BACK[decision.subject](db, decision, by=by, at=at)


def undo_on(
    db: Session, event_id: int, subject: str, subject_id: int, after: str, *, by: Actor, at: datetime
) -> Decision | None:
    """Undo the decision that brought a subject into the state `after`, if it still is in it."""
    decision = db.exec(
        select(Decision)
        .where(
            Decision.event_id == event_id,
            Decision.subject == subject,
            Decision.subject_id == subject_id,
            Decision.after == after,
            col(Decision.id).not_in(_undone(event_id)),
        )
        .order_by(col(Decision.id).desc())
        .limit(1)
    ).first()
    return decision if decision is not None and undo(db, decision, by=by, at=at) else None


def _own_standing(event_id: int, by: Actor) -> SelectOfScalar[Decision]:
    return (
        select(Decision)
        .where(
            Decision.event_id == event_id,
            Decision.access_id == by.access_id,
            Decision.by == by.label,
            col(Decision.cause_id).is_(None),
            col(Decision.undoes_id).is_(None),
            col(Decision.id).not_in(_undone(event_id)),
        )
        .order_by(col(Decision.id).desc())
        .limit(20)
    )


def _undone(event_id: int) -> SelectOfScalar[int | None]:
    return select(col(Decision.undoes_id)).where(Decision.event_id == event_id, col(Decision.undoes_id).is_not(None))
