"""The words in the log of decisions go, and what the chair wrote beside questions; that something was decided stays."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, update
from sqlmodel import Session, col, select

from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.question import HELD_FOR, Question
from app.domain.retention import Kind
from app.queries.retention import noted_beside, rows_kept, says_for_whom

_NAMES = f"{HELD_FOR}:"


def forget_for_whom(db: Session, *which: ColumnElement[bool]) -> int:
    """That it was held stays, and when. Such a hold cannot be taken back any more: nobody knows to whom."""
    named = update(Decision).where(says_for_whom(), *which)
    without = {"before": _nobody(col(Decision.before)), "after": _nobody(col(Decision.after))}
    done: Any = db.execute(named.values(**without).execution_options(synchronize_session=False))
    return int(done.rowcount)


def _nobody(state: Any) -> Any:
    return case((state.startswith(_NAMES), HELD_FOR), else_=state)


def forget_log_words(db: Session, event: Event, ended: datetime, *, at_once: int) -> int:
    """The words of what was decided until the end; what was decided, when and by whom, stays. Gives how many rows."""
    table, *which = rows_kept(event, Kind.LOG, {})
    some = select(table.id).where(*which, table.at <= ended).order_by(table.id).limit(at_once)
    numbers = list(db.exec(some))
    blanked = update(Decision).where(col(Decision.id).in_(numbers)).values(reason="", detail="")
    db.execute(blanked.execution_options(synchronize_session=False))
    forget_for_whom(db, col(Decision.id).in_(numbers))
    return len(numbers) or _beside_questions(db, event, at_once)


def _beside_questions(db: Session, event: Event, at_once: int) -> int:
    """What the chair noted there, and for whom it was held."""
    noted = select(Question).where(*noted_beside(event.id)).order_by(col(Question.id)).limit(at_once)
    found = db.exec(noted).all()
    for one in found:
        one.held_for = one.note = ""
    return len(found)
