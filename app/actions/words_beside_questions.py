"""What the chair noted of somebody, and that they were to answer, goes with them."""

from datetime import datetime

from sqlmodel import Session, col

from app.actions.change_log import publish
from app.actions.log_words import forget_for_whom
from app.domain.decision import Decision
from app.domain.known_by import Words
from app.domain.subject import Subject
from app.queries.named_beside_questions import holds_naming, questions_noting


def forget_beside_questions(db: Session, event_id: int, words: Words, *, at: datetime) -> int:
    """Gives how many rows were changed."""
    numbers, changed = holds_naming(db, event_id, words), questions_noting(db, event_id, words)
    for number in numbers:
        forget_for_whom(db, col(Decision.id) == number)
    for one in changed:
        one.held_for, one.note = ("" if words.are_in(text) else text for text in (one.held_for, one.note))
        publish(db, event_id, Subject.QUESTION, one.id, at=at)
    return len(numbers) + len(changed)
