"""The audit trail: one row for each change of a state, and how a row is taken back."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.actions.change_log import DECIDED
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.subject import Subject
from app.domain.verdict import Verdict


def decide(
    db: Session,
    event_id: int,
    subject: Subject,
    subject_id: int,
    before: str,
    after: str,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    detail: str = "",
    revision: int | None = None,
    cause: Decision | None = None,
    undoes: Decision | None = None,
) -> Decision:
    """Write down that `subject` went from one state to another. Announcing it is the calling verb's affair.

    `revision` is that of the post which it was about: an undo shows nothing else than what was shown before.
    """
    event = db.get_one(Event, event_id)
    row = decision_row(event, subject, subject_id, before, after, by=by, at=at, reason=reason)
    decision = Decision(**row)
    decision.revision, decision.detail = revision, detail
    decision.cause_id = cause.id if cause else None
    decision.undoes_id = undoes.id if undoes else None
    db.add(decision)
    db.flush()
    _to_be_told(db, [decision])
    return decision


def decide_all(
    db: Session,
    event_id: int,
    subject: Subject,
    changes: Sequence[tuple[int, str, str, int | None]],
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    cause: Decision | None = None,
    undoes: Decision | None = None,
) -> list[Decision]:
    """The same for several subjects: each with what it was, what it is now, and its revision."""
    event = db.get_one(Event, event_id)
    along = {"cause_id": cause.id if cause else None, "undoes_id": undoes.id if undoes else None}
    made = [
        Decision(
            **decision_row(event, subject, subject_id, before, after, by=by, at=at, reason=reason)
            | {"revision": revision, **along}
        )
        for subject_id, before, after, revision in changes
    ]
    db.add_all(made)
    db.flush()
    _to_be_told(db, made)
    return made


def _to_be_told(db: Session, made: Sequence[Decision]) -> None:
    """The line that tells of them says where: what a tablet knew by then is asked of people's decisions only."""
    db.info.setdefault(DECIDED, []).extend(one for one in made if not one.machine)


def decision_row(
    event: Event,
    subject: Subject,
    subject_id: int,
    before: str,
    after: str,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> dict[str, Any]:
    """The columns of a Decision that stands by itself."""
    return {
        "event_id": event.id,
        "subject": subject,
        "subject_id": subject_id,
        "before": before,
        "after": after,
        "by": by.label,
        "access_id": by.access_id,
        "machine": by.machine,
        "tap": by.tap,
        "at": at,
        "cursor": 0,
        "reason": reason,
        "detail": "",
        "policy_version": event.policy_version,
        "cause_id": None,
        "undoes_id": None,
    }


def was_approved_before(db: Session, decision: Decision) -> bool:
    """Whether a post was shown when somebody took a decision about it."""
    verdict = (
        select(Decision.after)
        .where(
            Decision.event_id == decision.event_id,
            Decision.subject == Subject.POST,
            Decision.subject_id == decision.subject_id,
            col(Decision.id) < decision.id,
        )
        .order_by(col(Decision.id).desc())
        .limit(1)
    )
    return db.exec(verdict).first() == Verdict.APPROVED


def brought_along(db: Session, cause: Decision) -> list[Decision]:
    """The decisions that one brought along, newest first, so that they can be taken back in order."""
    return list(db.exec(select(Decision).where(Decision.cause_id == cause.id).order_by(col(Decision.id).desc())))


def last_in_force(db: Session, event_id: int, subject: str, subject_id: int) -> Decision | None:
    """The newest decision on a subject that was not taken back and took nothing back itself."""
    return db.exec(
        select(Decision)
        .where(
            Decision.event_id == event_id,
            Decision.subject == subject,
            Decision.subject_id == subject_id,
            (col(Decision.undoes_id) + 0).is_(None),
            not_taken_back(),
        )
        .order_by(col(Decision.id).desc())
        .limit(1)
    ).first()


@cache
def not_taken_back() -> ColumnElement[bool]:
    """That no other decision undoes it: asked of each, by the index of these, and not of all that were ever undone."""
    undoing = aliased(Decision)
    return ~select(undoing.id).where(col(undoing.undoes_id) == Decision.id).exists()
