"""Where the chair has named somebody: in a note beside a question, or as who of the panel is to answer it."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.domain.decision import Decision
from app.domain.known_by import Words
from app.domain.question import Question
from app.queries.retention import noted_beside, says_for_whom


def questions_noting(db: Session, event_id: int, words: Words) -> Sequence[Question]:
    noted = db.exec(select(Question).where(*noted_beside(event_id)).order_by(col(Question.id))).all()
    return [one for one in noted if words.are_in(one.note) or words.are_in(one.held_for)]


def holds_naming(db: Session, event_id: int, words: Words) -> list[int]:
    """The decisions, of now and of before."""
    held = select(Decision.id, Decision.before, Decision.after).where(Decision.event_id == event_id, says_for_whom())
    return [number for number, *states in db.exec(held) if any(words.are_in(state) for state in states)]


def named_beside_questions(db: Session, event_id: int, words: Words) -> int:
    """In how many rows."""
    return len(questions_noting(db, event_id, words)) + len(holds_naming(db, event_id, words))
