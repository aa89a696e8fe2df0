"""What was tapped on a tablet, perhaps minutes ago: done once each, and not over what others did since."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete

from app.actions.chair_marks import Marks, mark_for_the_chair
from app.actions.events import Refused
from app.actions.questions import seen_question
from app.actions.scenes import show_scene
from app.actions.undo import newest_of, undo_last, undo_on
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.scene import PROGRAMME, Showing
from app.domain.subject import Subject
from app.domain.tap import SettledTap, Tap
from app.queries.merged_questions import lead_of
from app.queries.questions import others_on_its_stage, talks_over
from app.queries.taps import done_meanwhile, talk_changed_meanwhile

T = TypeVar("T")
TAPS_REMEMBERED = timedelta(days=1)


class SettledBefore(Exception):
    """That tap was sent again: it is done, and its answer was lost."""


class MovedOn(Exception):
    """Somebody decided `by_other` while the tablet could not know; `question` is what it was asked about."""

    def __init__(self, by_other: Decision, question: Question | None = None) -> None:
        super().__init__(by_other.id)
        self.by_other, self.question = by_other, question


def move_by_tap(
    db: Session, question_id: int, tap: Tap, verb: Callable[..., T], *, to: QuestionState, by: Actor, at: datetime
) -> T:
    """Move a question `to` a state. Raises SettledBefore, MovedOn, and Refused after its talk.

    What somebody else brought to that very state needs no word: it is as it was wanted.
    """
    question = lead_of(db, seen_question(db, question_id))
    _once(db, question.event_id, tap, at=at)
    if question.state is not to:
        _refuse_if_moved_on(db, question, tap, to, at=at)
    return verb(db, question_id, by=by, at=at)


def take_move_back_by_tap(
    db: Session, question_id: int, tap: Tap, *, state: QuestionState, by: Actor, at: datetime
) -> Decision | None:
    """Take back the move that brought a question into a state, if it still is in it. Raises as `move_by_tap` does.

    For a tap that waited: it is undone by its own name, whatever else was settled meanwhile.
    """
    question = lead_of(db, seen_question(db, question_id))
    _once(db, question.event_id, tap, at=at)
    if other := done_meanwhile(db, question.event_id, tap, Subject.QUESTION, question.id):
        raise MovedOn(other, question)
    return undo_on(db, question.event_id, Subject.QUESTION, question.id, state, by=by, at=at)


def mark_by_tap(db: Session, question_id: int, tap: Tap, marks: Marks, *, by: Actor, at: datetime) -> Question:
    """Mark a question. What somebody else noted beside it meanwhile stays. Raises as `move_by_tap` does."""
    question = lead_of(db, seen_question(db, question_id))
    _once(db, question.event_id, tap, at=at)
    writes = marks.note is not None and marks.note.strip() != question.note
    if writes and (other := done_meanwhile(db, question.event_id, tap, Subject.NOTE, question.id)):
        raise MovedOn(other, question)
    return mark_for_the_chair(db, question_id, marks, by=by, at=at)


def undo_by_tap(db: Session, event_id: int, tap: Tap, *, by: Actor, at: datetime) -> Decision | None:
    """Take back the last that this person did. Raises as `move_by_tap` does if others went on from there unseen."""
    _once(db, event_id, tap, at=at)
    newest = newest_of(db, event_id, by)
    moved = newest.subject_id if newest is not None and newest.subject == Subject.QUESTION else 0
    if moved and (other := done_meanwhile(db, event_id, tap, Subject.QUESTION, moved)):
        raise MovedOn(other, db.get(Question, moved))
    return undo_last(db, event_id, by=by, at=at)


def show_by_tap(
    db: Session, event_id: int, tap: Tap, showing: Showing | None, *, room_id: int | None, by: Actor, at: datetime
) -> Decision | None:
    """Show a scene. What somebody else chose meanwhile for the same walls stands. Raises as `move_by_tap` does."""
    _once(db, event_id, tap, at=at)
    chosen = [(Subject.SCENE, event_id), *([(Subject.ROOM_SCENE, room_id)] if room_id else [])]
    for subject, subject_id in chosen:
        other = done_meanwhile(db, event_id, tap, subject, subject_id, line=Subject.SCENE)
        if other is not None and other.after != str(showing or PROGRAMME):
            raise MovedOn(other)
    return show_scene(db, event_id, showing, by=by, at=at, room_id=room_id)


def forget_taps(db: Session, *, at: datetime) -> None:
    """No tablet keeps anything for so long."""
    db.exec(delete(SettledTap).where(col(SettledTap.at) < at - TAPS_REMEMBERED))


def _once(db: Session, event_id: int, tap: Tap, *, at: datetime) -> None:
    insert = (sqlite if db.get_bind().dialect.name == "sqlite" else postgresql).insert
    settled = insert(SettledTap).values(event_id=event_id, name=tap.name, at=at).on_conflict_do_nothing()
    # Asked for the row: a count of rows is none that every driver gives after an insert.
    if db.execute(settled.returning(col(SettledTap.name))).first() is None:
        raise SettledBefore


def _refuse_if_moved_on(db: Session, question: Question, tap: Tap, to: QuestionState, *, at: datetime) -> None:
    event_id = question.event_id
    if other := done_meanwhile(db, event_id, tap, Subject.QUESTION, question.id):
        raise MovedOn(other, question)
    if to is not QuestionState.ON_STAGE:
        return
    for shown in others_on_its_stage(db, question):
        if other := done_meanwhile(db, event_id, tap, Subject.QUESTION, shown.id):
            raise MovedOn(other, question)
    over = talks_over(db, db.get_one(Event, event_id), at)
    if question.talk_id in over and talk_changed_meanwhile(db, event_id, tap):
        raise Refused("Its talk is over since: it was not brought on stage.")
