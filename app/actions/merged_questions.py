"""Questions that ask the same are asked together: one stands for all, with the votes of all, one for each person."""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.questions import seen_question
from app.actions.vote_counts import recount
from app.domain.decision import Actor, Decision
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.merged_questions import lead_of, under

ALONE, WITH = "alone", "with"


def merge_question(db: Session, question_id: int, into_id: int, *, by: Actor, at: datetime) -> Question:
    """Ask a question together with another one; gives the one that stands for both.

    What is on stage stands for the other. Votes stay with the words that they were given to, so that taking it back
    gives each its own; who voted for both counts once. Raises Refused for two that different halls look at.
    """
    question, into = (lead_of(db, seen_question(db, one)) for one in (question_id, into_id))
    if question.id == into.id:
        return into
    if question.state is QuestionState.ON_STAGE:
        question, into = into, question
    _refuse_if_apart(db, question, into)
    decision = _put(db, question, into.id, by=by, at=at)
    if into.asked_with is not None:  # under one that is not to be seen: from now on it stands for others itself
        _put(db, into, None, by=by, at=at, cause=decision)
    return into


def set_apart(db: Session, question_id: int, *, by: Actor, at: datetime) -> Question:
    """It asks something else after all: it stands for itself, with the votes that were given to its own words."""
    question = seen_question(db, question_id)
    if question.asked_with is not None:
        _put(db, question, None, by=by, at=at)
    return question


def take_back_merge(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """As it was. False if it is asked with others by now, or with none."""
    question = db.get_one(Question, decision.subject_id, with_for_update=True)
    if _said(question.asked_with) != decision.after:
        return False
    before = decision.before.partition(":")[2]
    over = db.get(Question, int(before)) if before else None
    if before and over is None:
        return False
    target = (over.asked_with or over.id) if over else None
    if target == question.id:
        return False
    _put(db, question, target, by=by, at=at, undoes=decision)
    return True


def _put(
    db: Session,
    question: Question,
    into: int | None,
    *,
    by: Actor,
    at: datetime,
    cause: Decision | None = None,
    undoes: Decision | None = None,
) -> Decision:
    """Put it under another one, or under none. Those under it come along: none stands under one that does itself."""
    left, before, after = question.asked_with, _said(question.asked_with), _said(into)
    decision = decide(
        db, question.event_id, Subject.MERGE, question.id, before, after, by=by, at=at, cause=cause, undoes=undoes
    )
    question.asked_with = into
    db.flush()
    if into is not None:
        for other in under(db, question.id):
            _put(db, other, into, by=by, at=at, cause=decision)
    for one in dict.fromkeys(filter(None, (question.id, left, into))):
        recount(db, one)
        publish(db, question.event_id, Subject.QUESTION, one, at=at)
    return decision


def _said(asked_with: int | None) -> str:
    return f"{WITH}:{asked_with}" if asked_with else ALONE


def _refuse_if_apart(db: Session, question: Question, into: Question) -> None:
    if question.event_id != into.event_id:
        raise Refused("There is no such question.")
    if question.state is QuestionState.ON_STAGE:
        raise Refused("Both are on stage now.")
    rooms = {_room(db, one) for one in (question, into)} - {None}
    if len(rooms) > 1:
        raise Refused("They are asked in different rooms.")


def _room(db: Session, question: Question) -> int | None:
    talk = db.get(Talk, question.talk_id) if question.talk_id else None
    return talk.room_id if talk else question.room_id
