"""A question that was asked in no room is given to one: its speakers are to answer it."""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.questions import reopen, seen_question
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject
from app.queries.merged_questions import lead_of
from app.queries.rooms import whereabouts

NO_ROOM = "no room"


def give_to_room(db: Session, question_id: int, room_id: int, *, by: Actor, at: datetime) -> Question:
    """It is for the Talk that runs in this room, or was there last. Raises Refused if there is no such room.

    What is on stage leaves it: another hall looks at another one.
    """
    question = lead_of(db, seen_question(db, question_id))
    here = whereabouts(db, db.get_one(Event, question.event_id), room_id)
    if here.room is None:
        raise Refused("There is no such room any more.")
    if question.room_id != room_id:
        if question.state is QuestionState.ON_STAGE:
            reopen(db, question_id, by=by, at=at)
        _put(db, question, room_id, here.room.current_talk_id or here.room.last_talk_id, by=by, at=at)
    return question


def take_back_place(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    question = db.get_one(Question, decision.subject_id)
    if str(question.room_id) != decision.after:
        return False
    before = int(decision.before) if decision.before.isdigit() else None
    here = whereabouts(db, db.get_one(Event, question.event_id), before)
    talk = here.room.current_talk_id or here.room.last_talk_id if here.room else None
    _put(db, question, here.room.id if here.room else None, talk, by=by, at=at, undoes=decision)
    return True


def _put(
    db: Session,
    question: Question,
    room_id: int | None,
    talk_id: int | None,
    *,
    by: Actor,
    at: datetime,
    undoes: Decision | None = None,
) -> None:
    before, after = (str(one) if one else NO_ROOM for one in (question.room_id, room_id))
    decide(db, question.event_id, Subject.PLACE, question.id, before, after, by=by, at=at, undoes=undoes)
    question.room_id, question.talk_id = room_id, talk_id
    publish(db, question.event_id, Subject.QUESTION, question.id, at=at)
