"""What the chair notes beside a question: a star, a few words, for whom it is held. No audience sees any of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.questions import seen_question
from app.domain.decision import AS_IT_WAS, CHANGED, Actor, Decision
from app.domain.question import HELD_FOR, Question
from app.domain.screening.reading.blanks import legible
from app.domain.subject import Subject
from app.queries.merged_questions import lead_of

UNMARKED, MARKED = "without_star", "with_star"
FOR_ANYBODY = "for_anybody"
LONGEST_NOTE, LONGEST_NAME = 500, 60


@dataclass(frozen=True, slots=True)
class Marks:
    """What the chair marks a question with, in one act; what is None stays as it is."""

    starred: bool | None = None
    note: str | None = None
    held_for: str | None = None


def mark_for_the_chair(db: Session, question_id: int, marks: Marks, *, by: Actor, at: datetime) -> Question:
    question = lead_of(db, seen_question(db, question_id))
    if marks.starred is not None:
        _star(db, question, starred=marks.starred, by=by, at=at)
    if marks.held_for is not None:
        hold_for(db, question_id, marks.held_for, by=by, at=at)
    return question if marks.note is None else write_note(db, question_id, marks.note, by=by, at=at)


def star(db: Session, question_id: int, *, by: Actor, at: datetime) -> Question:
    """The chair wants to come back to it."""
    return _star(db, lead_of(db, seen_question(db, question_id)), starred=True, by=by, at=at)


def unstar(db: Session, question_id: int, *, by: Actor, at: datetime) -> Question:
    return _star(db, lead_of(db, seen_question(db, question_id)), starred=False, by=by, at=at)


def write_note(db: Session, question_id: int, text: str, *, by: Actor, at: datetime) -> Question:
    """A few words for who holds the desk's or the stage's link; no words take them away. The log has none of them."""
    question, text = lead_of(db, seen_question(db, question_id)), text.strip()
    if len(text) > LONGEST_NOTE:
        raise Refused("That is too long for a note. Please shorten it.")
    if text != question.note:
        decide(db, question.event_id, Subject.NOTE, question.id, AS_IT_WAS, CHANGED, by=by, at=at)
        question.note = text
        publish(db, question.event_id, Subject.QUESTION, question.id, at=at)
    return question


def hold_for(db: Session, question_id: int, name: str, *, by: Actor, at: datetime) -> Question:
    """Hold it for one of the panel: it is not next, until somebody brings it up. No name: anybody may answer."""
    question, name = lead_of(db, seen_question(db, question_id)), legible(name)
    if len(name) > LONGEST_NAME:
        raise Refused("At most %(letters)d letters, please.", letters=LONGEST_NAME)
    return _hold(db, question, name, by=by, at=at)


def take_back_hold(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    question = db.get_one(Question, decision.subject_id)
    if decision.after != _held(question.held_for):
        return False
    _hold(db, question, decision.before.partition(":")[2], by=by, at=at, undoes=decision)
    return True


def take_back_mark(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    question = db.get_one(Question, decision.subject_id)
    if decision.after != (MARKED if question.starred else UNMARKED):
        return False
    _star(db, question, starred=decision.before == MARKED, by=by, at=at, undoes=decision)
    return True


def _star(
    db: Session, question: Question, *, starred: bool, by: Actor, at: datetime, undoes: Decision | None = None
) -> Question:
    if question.starred is not starred:
        before, after = (UNMARKED, MARKED) if starred else (MARKED, UNMARKED)
        decide(db, question.event_id, Subject.MARK, question.id, before, after, by=by, at=at, undoes=undoes)
        question.starred = starred
        publish(db, question.event_id, Subject.QUESTION, question.id, at=at)
    return question


def _hold(
    db: Session, question: Question, name: str, *, by: Actor, at: datetime, undoes: Decision | None = None
) -> Question:
    if question.held_for != name:
        before, after = _held(question.held_for), _held(name)
        decide(db, question.event_id, Subject.HOLD, question.id, before, after, by=by, at=at, undoes=undoes)
        question.held_for = name
        publish(db, question.event_id, Subject.QUESTION, question.id, at=at)
    return question


def _held(name: str) -> str:
    return f"{HELD_FOR}:{name}" if name else FOR_ANYBODY
