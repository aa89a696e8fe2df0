"""Votes that came in bursts from one address are pointed out; a person leaves them out, and may take that back."""

from datetime import datetime

from sqlalchemy import Update
from sqlmodel import Session, col, func, select, update

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.questions import seen_question
from app.actions.vote_counts import count_on
from app.domain.decision import Actor, Decision
from app.domain.question import Question, Vote
from app.domain.subject import Subject
from app.domain.vote_bursts import ORIGINS_KEPT, bursts

COUNTED, LEFT_OUT = "counted", "left_out"
STANDS = col(Vote.taken_back).is_(False)


def note_bursts(db: Session, question_id: int, *, at: datetime) -> None:
    """Look which of a question's newest votes came in a burst. Telling of it is the calling verb's affair."""
    new = select(Vote.id, Vote.origin, Vote.at).where(
        Vote.question_id == question_id, Vote.origin != "", col(Vote.at) > at - ORIGINS_KEPT, STANDS
    )
    in_order = new.order_by(col(Vote.at), col(Vote.id))
    found = bursts(db.exec(in_order))
    if not found.votes:
        return
    fresh = update(Vote).where(col(Vote.id).in_(found.votes), col(Vote.hasty).is_(False)).values(hasty=True)
    if db.exec(fresh.execution_options(synchronize_session=False)).rowcount:
        # What was left out makes a burst go on; it is not told of again.
        counted = bursts(db.exec(in_order.where(col(Vote.left_out_by).is_(None))))
        _count_hasty(db, question_id, most=counted.most or found.most)


def leave_hasty_votes_out(db: Session, question_id: int, *, by: Actor, at: datetime) -> Decision | None:
    """The votes that came in bursts count no more; who gave them is told nothing. None if there are none.

    Nor do those that their devices have taken back, should they be given again.
    """
    question = seen_question(db, question_id)
    decision = decide(db, question.event_id, Subject.VOTES, question_id, COUNTED, LEFT_OUT, by=by, at=at)
    hasty = update(Vote).where(
        col(Vote.question_id) == question_id, col(Vote.hasty).is_(True), col(Vote.left_out_by).is_(None)
    )
    left_out = _changed(db, hasty.where(STANDS).values(left_out_by=decision.id))
    if not left_out:
        db.delete(decision)
        return None
    _changed(db, hasty.values(left_out_by=decision.id))
    decision.reason = f"{left_out} votes"
    _step(db, question, -left_out, at=at)
    return decision


def take_back_leaving_out(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """They count again. False if none of them is left out by that decision any more."""
    question = db.get_one(Question, decision.subject_id)
    out = update(Vote).where(col(Vote.left_out_by) == decision.id, col(Vote.question_id) == question.id)
    back = _changed(db, out.where(STANDS).values(left_out_by=None))
    if not back + _changed(db, out.values(left_out_by=None)):
        return False
    decide(db, question.event_id, Subject.VOTES, question.id, LEFT_OUT, COUNTED, by=by, at=at, undoes=decision)
    _step(db, question, back, at=at)
    return True


def forget_origins(db: Session, *, at: datetime) -> None:
    """From which address a vote came is known for a minute, to find bursts, and never again."""
    old = update(Vote).where(col(Vote.origin) != "", col(Vote.at) <= at - ORIGINS_KEPT).values(origin="")
    db.exec(old.execution_options(synchronize_session=False))


def _changed(db: Session, change: Update) -> int:
    return db.exec(change.execution_options(synchronize_session=False)).rowcount


def _step(db: Session, question: Question, step: int, *, at: datetime) -> None:
    count_on(db, question, step)
    _count_hasty(db, question.id)
    publish(db, question.event_id, Subject.QUESTION, question.id, at=at)


def _count_hasty(db: Session, question_id: int, *, most: int = 0) -> None:
    counting = select(func.count(col(Vote.id))).where(
        Vote.question_id == question_id, col(Vote.hasty).is_(True), col(Vote.left_out_by).is_(None), STANDS
    )
    question = db.get_one(Question, question_id)
    # Bursts that were left out have nothing to do with those that come after.
    before = question.hastiest if question.hasty or not most else 0
    question.hasty = db.exec(counting).one()
    question.hastiest = min(max(before, most), question.hasty) if most else before
    db.flush()
