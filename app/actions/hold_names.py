"""For whom of the panel a question was held is a person's name: it leaves the log with the other words in it."""

from typing import Any

from sqlalchemy import ColumnElement, case, update
from sqlmodel import Session, col

from app.domain.decision import Decision
from app.domain.question import HELD_FOR
from app.queries.retention import says_for_whom

_NAMES = f"{HELD_FOR}:"


def forget_for_whom(db: Session, *which: ColumnElement[bool]) -> int:
    """That it was held stays, and when. Such a hold cannot be taken back any more: nobody knows to whom."""
    named = update(Decision).where(says_for_whom(), *which)
    without = {"before": _nobody(col(Decision.before)), "after": _nobody(col(Decision.after))}
    done: Any = db.execute(named.values(**without).execution_options(synchronize_session=False))
    return int(done.rowcount)


def _nobody(state: Any) -> Any:
    return case((state.startswith(_NAMES), HELD_FOR), else_=state)
