"""What the votes for a question come to: one for each person, also where several questions are asked together."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select, update

from app.domain.question import Question, Vote
from app.queries.merged_questions import is_asked_together


def count_on(db: Session, question: Question, step: int, *, hasty: int = 0) -> None:
    """So many more wish to hear it. Where others stand with it, all are counted: who wished two of them is one."""
    if is_asked_together(db, question):
        recount(db, question.id)
        step = 0
    change = update(Question).where(col(Question.id) == question.id)
    change = change.values(votes=col(Question.votes) + step, hasty=col(Question.hasty) + hasty)
    db.exec(change.execution_options(synchronize_session=False))
    db.refresh(question)


def recount(db: Session, question_id: int) -> None:
    """Count a question's votes, and those of all that it is asked with.

    Each has those of its own words, should it ever be alone; the one that stands for all has everybody's, once.
    """
    # Whoever counts waits for whoever votes for one of them, and sees that vote.
    of_all = select(Question).where(_with(question_id)).order_by(col(Question.id)).with_for_update(key_share=True)
    for question in db.exec(of_all.execution_options(populate_existing=True)):
        mine = or_(col(Question.id) == question.id, col(Question.asked_with) == question.id)
        votes = select(func.count(col(Vote.device).distinct())).where(
            col(Vote.question_id).in_(select(Question.id).where(mine)),
            col(Vote.left_out_by).is_(None),
            col(Vote.taken_back).is_(False),
        )
        question.votes = db.exec(votes).one()
    db.flush()


def _with(question_id: int) -> ColumnElement[bool]:
    over = select(func.coalesce(Question.asked_with, Question.id)).where(Question.id == question_id).scalar_subquery()
    return or_(col(Question.id) == over, col(Question.asked_with) == over)
