"""Questions are answered in writing, also when the event is over: whoever asked reads it on their phone."""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.questions import mark_answered, seen_question
from app.domain.decision import Actor, Decision
from app.domain.question import Question, QuestionState, Reply
from app.domain.screening.reading.blanks import has_words
from app.domain.subject import Subject
from app.queries.merged_questions import lead_of

UNWRITTEN, WRITTEN = "unwritten", "written"
LONGEST_REPLY = 4000


def write_reply(db: Session, question_id: int, text: str, *, by: Actor, at: datetime) -> Question:
    """Answer in writing, or otherwise than before; no words take the answer away.

    A question that was open is answered by it. Raises Refused for more words than there is room for.
    """
    question, text = lead_of(db, seen_question(db, question_id)), text.strip()
    if len(text) > LONGEST_REPLY:
        raise Refused("That is too long for an answer. Please shorten it.")
    known = db.get(Reply, question.reply_id) if question.reply_id else None
    if not has_words(text):
        if known is not None:
            _put(db, question, None, by=by, at=at)
        return question
    if known is None or known.text != text:
        reply = Reply(event_id=question.event_id, question_id=question.id, text=text, by=by.label, at=at)
        db.add(reply)
        db.flush()
        _put(db, question, reply.id, by=by, at=at)
    if question.state in {QuestionState.OPEN, QuestionState.DISMISSED}:
        mark_answered(db, question.id, by=by, at=at)
    return question


def take_back_reply(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """What was written before, or nothing. False if something else is written by now."""
    question = db.get_one(Question, decision.subject_id)
    if _said(question.reply_id) != decision.after:
        return False
    before = decision.before.partition(":")[2]
    _put(db, question, int(before) if before else None, by=by, at=at, undoes=decision)
    return True


def _put(
    db: Session, question: Question, reply_id: int | None, *, by: Actor, at: datetime, undoes: Decision | None = None
) -> None:
    before, after = _said(question.reply_id), _said(reply_id)
    decide(db, question.event_id, Subject.REPLY, question.id, before, after, by=by, at=at, undoes=undoes)
    question.reply_id = reply_id
    publish(db, question.event_id, Subject.QUESTION, question.id, at=at)


def _said(reply_id: int | None) -> str:
    return f"{WRITTEN}:{reply_id}" if reply_id else UNWRITTEN
