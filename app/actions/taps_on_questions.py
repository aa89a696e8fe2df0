"""Questions are moved and marked by taps, which may come late: what others decided meanwhile stands."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, select

from app.actions.chair_marks import Marks, mark_for_the_chair
from app.actions.events import Refused
from app.actions.hasty_votes import leave_hasty_votes_out
from app.actions.questions import NoSuchQuestion, seen_question
from app.actions.taps import MovedOn, settle_once
from app.actions.undo import undo_merge, undo_on
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.screening.reading.blanks import legible
from app.domain.subject import Subject
from app.domain.tap import Tap
from app.queries.merged_questions import lead_of
from app.queries.questions import others_on_its_stage, talks_over
from app.queries.taps import done_meanwhile, talk_changed_meanwhile

T = TypeVar("T")


def move_by_tap(
    db: Session, question_id: int, tap: Tap, verb: Callable[..., T], *, to: QuestionState, by: Actor, at: datetime
) -> T:
    """Move a question `to` a state. Raises SettledBefore, MovedOn, and Refused after its talk.

    What somebody else brought to that very state needs no word: it is as it was wanted.
    """
    event, question = _tapped(db, question_id, tap, at=at)
    if question.state is not to:
        _refuse_if_moved_on(db, event, question, tap, to, at=at)
    return verb(db, question.id, by=by, at=at)


def take_move_back_by_tap(
    db: Session, question_id: int, tap: Tap, *, state: QuestionState, by: Actor, at: datetime
) -> Decision | None:
    """Take back the move that brought a question into a state, if it still is in it. Raises as `move_by_tap` does."""
    event, question = _tapped(db, question_id, tap, at=at)
    _refuse_if_others(db, question, tap, Subject.QUESTION)
    return undo_on(db, event.id, Subject.QUESTION, question.id, state, by=by, at=at)


def mark_by_tap(db: Session, question_id: int, tap: Tap, marks: Marks, *, by: Actor, at: datetime) -> Question:
    """Mark a question. What somebody else marked it with meanwhile stays. Raises as `move_by_tap` does."""
    _, question = _tapped(db, question_id, tap, at=at)
    if marks.note is not None and marks.note.strip() != question.note:
        _refuse_if_others(db, question, tap, Subject.NOTE)
    if marks.held_for is not None and legible(marks.held_for) != question.held_for:
        _refuse_if_others(db, question, tap, Subject.HOLD)
    if marks.starred is not None and marks.starred is not question.starred:
        _refuse_if_others(db, question, tap, Subject.MARK)
    return mark_for_the_chair(db, question.id, marks, by=by, at=at)


def set_apart_by_tap(db: Session, question_id: int, tap: Tap, *, by: Actor, at: datetime) -> Question:
    """It is asked by itself again, unless others moved it under another one meanwhile. Raises as `move_by_tap` does."""
    settle_once(db, _event_of(db, question_id), tap, at=at)
    question = _fresh(db, question_id)
    if question.asked_with is not None:
        _refuse_if_others(db, question, tap, Subject.MERGE)
    return undo_merge(db, question_id, by=by, at=at)


def leave_votes_out_by_tap(db: Session, question_id: int, tap: Tap, *, by: Actor, at: datetime) -> Decision | None:
    """Leave votes out, unless others count them again meanwhile. Raises as `move_by_tap` does."""
    settle_once(db, _event_of(db, question_id), tap, at=at)
    _refuse_if_others(db, _fresh(db, question_id), tap, Subject.VOTES)
    return leave_hasty_votes_out(db, question_id, by=by, at=at)


def _tapped(db: Session, question_id: int, tap: Tap, *, at: datetime) -> tuple[Event, Question]:
    """The question that stands for the one that was tapped, as it stands now.

    One that others put under another one meanwhile is not what was tapped: that is not done to the other one.
    """
    event = settle_once(db, _event_of(db, question_id), tap, at=at)
    question = _fresh(db, question_id)
    _refuse_if_others(db, question, tap, Subject.MERGE)
    lead = lead_of(db, question)
    return event, lead if lead is question else _fresh(db, lead.id)


def _event_of(db: Session, question_id: int) -> int:
    event_id = db.exec(select(Question.event_id).where(Question.id == question_id)).first()
    if event_id is None:
        raise NoSuchQuestion
    return event_id


def _fresh(db: Session, question_id: int) -> Question:
    """As it is now that nobody else's tap can change it: not as it was read before waiting for them."""
    question = seen_question(db, question_id)
    db.refresh(question)
    return question


def _refuse_if_others(db: Session, question: Question, tap: Tap, subject: Subject) -> None:
    if other := done_meanwhile(db, question.event_id, tap, subject, [question.id]):
        raise MovedOn(other, question)


def _refuse_if_moved_on(
    db: Session, event: Event, question: Question, tap: Tap, to: QuestionState, *, at: datetime
) -> None:
    _refuse_if_others(db, question, tap, Subject.QUESTION)
    if to is not QuestionState.ON_STAGE:
        return
    shown = [one.id for one in others_on_its_stage(db, question)]
    if other := done_meanwhile(db, event.id, tap, Subject.QUESTION, shown):
        raise MovedOn(other, question)
    if question.talk_id in talks_over(db, event, at):
        if talk_changed_meanwhile(db, event.id, tap):
            raise Refused("Its talk is over since: it was not brought on stage.")
        if tap.after < event.trimmed:
            raise Refused("Its talk is over, and nobody knows any more since when: it was not brought on stage.")
