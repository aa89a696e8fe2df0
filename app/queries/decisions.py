"""The audit trail: who did what, when, why, under which version of the rules; filtered, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.decision import Decision
from app.domain.event import Rulebook

SUBJECTS = (
    "post", "author", "question", "event", "intake", "clearing", "policy", "agreement", "delay", "reveal", "alarm",
    "incident",
)  # fmt: skip
PAGE = 100
MOST = 100_000
"""Rows of an export."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which decisions; all of what is named must fit."""

    by: str = ""
    subject: str = ""
    subject_id: int | None = None
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None
    machine: bool = True
    """Whether to show what screening ruled at arrival."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision, and which one took it back."""

    decision: Decision
    undone_by: int | None

    @property
    def can_be_undone(self) -> bool:
        ruled = self.decision.subject in {"reveal", "alarm", "incident"} or not self.decision.before
        return self.undone_by is None and self.decision.undoes_id is None and not ruled


def entries(db: Session, event_id: int, sought: Sought, *, before: int = 0, limit: int = PAGE) -> list[Entry]:
    """A page of the trail, older than the decision `before`."""
    query = _found(event_id, sought).order_by(col(Decision.id).desc()).limit(limit)
    if before:
        query = query.where(col(Decision.id) < before)
    found = list(db.exec(query))
    undone = dict(
        db.exec(
            select(Decision.undoes_id, Decision.id).where(col(Decision.undoes_id).in_({one.id for one in found}))
        ).all()
    )
    return [Entry(one, undone.get(one.id)) for one in found]


def decision_by_id(db: Session, decision_id: int) -> Decision | None:
    return db.get(Decision, decision_id)


def rulebooks(db: Session, event_id: int, *, limit: int = 1_000) -> list[Rulebook]:
    """Versions of the rules, the newest first."""
    query = select(Rulebook).where(Rulebook.event_id == event_id).order_by(col(Rulebook.version).desc())
    return list(db.exec(query.limit(limit)))


def _found(event_id: int, sought: Sought) -> SelectOfScalar[Decision]:
    query = select(Decision).where(Decision.event_id == event_id)
    if sought.by:
        query = query.where(col(Decision.by).ilike(f"%{_escaped(sought.by)}%", escape="\\"))
    if sought.subject:
        query = query.where(Decision.subject == sought.subject)
    if sought.subject_id is not None:
        query = query.where(Decision.subject_id == sought.subject_id)
    if sought.reason:
        query = query.where(col(Decision.reason).ilike(f"%{_escaped(sought.reason)}%", escape="\\"))
    if sought.since:
        query = query.where(Decision.at >= sought.since)
    if sought.until:
        query = query.where(Decision.at < sought.until)
    if not sought.machine:
        query = query.where(Decision.by != "screening")
    return query


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
