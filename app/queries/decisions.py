"""The audit trail: who did what, when, why, under which version of the rules; filtered, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.decision import SCREENING, Decision
from app.domain.policy_version import PolicyVersion
from app.domain.subject import OF_ORGANISERS, Subject

SUBJECTS = (
    Subject.POST, Subject.AUTHOR, Subject.QUESTION, Subject.EVENT, Subject.INTAKE, Subject.CLEARING, Subject.SCENE,
    Subject.ANNOUNCEMENT, Subject.POLICY, Subject.RULE,
    Subject.AGREEMENT, Subject.DELAY, Subject.NAME, Subject.VOTES, Subject.REVEAL, Subject.ALARM, Subject.INCIDENT,
    Subject.ROOM, Subject.PLACE, Subject.MERGE, Subject.REPLY, Subject.MARK, Subject.HOLD, Subject.NOTE,
    Subject.SUGGESTION, Subject.ROOM_SCENE, Subject.DUE,
    Subject.LIFE, Subject.DESCRIPTION, Subject.PROGRAMME, Subject.TALK, Subject.SOURCE, Subject.ACCESS, Subject.CALLING,
    Subject.WEBHOOK, Subject.TOKEN, Subject.WAITING, Subject.SPONSOR,
    Subject.SERIES, Subject.EDITION, Subject.PROMPT, Subject.ANSWER, Subject.RESOURCE, Subject.STAR,
    Subject.SURVEY, Subject.SURVEY_WORDS, Subject.THEME, Subject.MEET, Subject.GUEST, Subject.NOTES, Subject.PHOTO,
    Subject.ERASURE, Subject.RETENTION, Subject.TAKEDOWN,
)  # fmt: skip
WITHOUT_STATE = OF_ORGANISERS | {Subject.NOTE, Subject.REVEAL, Subject.ALARM, Subject.INCIDENT}
"""What happened and cannot be undone at the desk."""
PAGE = 100
MAX_ENTRIES_EXPORTED = 100_000
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
    """A decision, which one took it back, and whether it can be undone still: nobody has overruled it."""

    decision: Decision
    undone_by: int | None
    can_be_undone: bool = False


def entries(db: Session, event_id: int, sought: Sought, *, before: int = 0, limit: int = PAGE) -> list[Entry]:
    """A page of the trail, older than the decision `before`."""
    query = _found(event_id, sought).order_by(col(Decision.id).desc()).limit(limit)
    if before:
        query = query.where(col(Decision.id) < before)
    found = list(db.exec(query))
    if not found:
        return []
    # Not by a list of ids: a database takes only so many parameters.
    undone = dict(
        db.exec(
            select(Decision.undoes_id, Decision.id).where(
                col(Decision.event_id) + 0 == event_id, col(Decision.undoes_id).between(found[-1].id, found[0].id)
            )
        ).all()
    )
    standing = _standing(db, event_id, found) if len(found) <= PAGE else set()
    return [Entry(one, undone.get(one.id), one.id in standing) for one in found]


def decision_by_id(db: Session, decision_id: int) -> Decision | None:
    return db.get(Decision, decision_id)


def taken_back_by(db: Session, decision_id: int) -> Decision | None:
    """The decision by which one was taken back."""
    return db.exec(select(Decision).where(Decision.undoes_id == decision_id)).first()


def policy_versions(db: Session, event_id: int, *, limit: int = 1_000) -> list[PolicyVersion]:
    """Versions of the rules, the newest first."""
    query = select(PolicyVersion).where(PolicyVersion.event_id == event_id).order_by(col(PolicyVersion.version).desc())
    return list(db.exec(query.limit(limit)))


def _standing(db: Session, event_id: int, found: Sequence[Decision]) -> set[int]:
    """Those that nobody has overruled or taken back, and that changed a state at all."""
    of_subject: dict[str, set[int]] = {}
    for one in found:
        if one.subject not in WITHOUT_STATE:
            of_subject.setdefault(one.subject, set()).add(one.subject_id)
    if not of_subject:
        return set()
    about = or_(
        *(
            and_(col(Decision.subject) == subject, col(Decision.subject_id).in_(ids))
            for subject, ids in of_subject.items()
        )
    )
    since = select(Decision.id, Decision.subject, Decision.subject_id, Decision.undoes_id).where(
        Decision.event_id == event_id, about, col(Decision.id) >= found[-1].id
    )
    rows = db.exec(since.order_by(col(Decision.id))).all()
    undone = {undoes for _, _, _, undoes in rows}
    last = {
        (subject, subject_id): decision_id
        for decision_id, subject, subject_id, undoes in rows
        if undoes is None and decision_id not in undone
    }
    standing = set(last.values())
    return {one.id for one in found if one.id in standing and one.before != one.after and not _is_arrival(one)}


def _is_arrival(one: Decision) -> bool:
    return one.subject == Subject.POST and not one.before


def _found(event_id: int, sought: Sought) -> SelectOfScalar[Decision]:
    # Nearly all decisions are about posts: newest first, these are read in the order they were written.
    few = sought.subject_id is not None or sought.subject not in {"", Subject.POST}
    in_event = col(Decision.event_id) == event_id if few else col(Decision.event_id) + 0 == event_id
    query = select(Decision).where(in_event)
    if sought.by:
        query = query.where(col(Decision.by).icontains(sought.by, autoescape=True))
    if sought.subject:
        query = query.where(Decision.subject == sought.subject)
    if sought.subject_id is not None:
        query = query.where(Decision.subject_id == sought.subject_id)
    if sought.reason:
        said = (col(text).icontains(sought.reason, autoescape=True) for text in (Decision.reason, Decision.detail))
        query = query.where(or_(*said))
    if sought.since:
        query = query.where(Decision.at >= sought.since)
    if sought.until:
        query = query.where(Decision.at < sought.until)
    if not sought.machine:
        query = query.where(~(col(Decision.machine) & (col(Decision.by) == SCREENING)))
    return query
