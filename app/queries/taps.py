"""What happened since a tablet was last told anything: it acts on what it shows."""

from sqlmodel import Session, col, select

from app.domain.decision import Decision
from app.domain.publication import Publication
from app.domain.question import QuestionState
from app.domain.subject import Subject
from app.domain.tap import Tap


def done_meanwhile(
    db: Session, event_id: int, tap: Tap, subject: Subject, subject_id: int, *, line: Subject = Subject.QUESTION
) -> Decision | None:
    """The newest decision of others on a question, or a scene, of which the tablet was not told when it was tapped.

    A decision and its line of the log are of one moment. What the same tablet tapped before is no news to it, what the
    clock of the programme did is nobody's will, and that it was made a question it knows: it shows it.
    """
    told = (
        select(Publication.cursor)
        .where(Publication.event_id == event_id, Publication.subject == line)
        .where(Publication.subject_id == (event_id if line is Subject.SCENE else Decision.subject_id))
        .where(Publication.at == Decision.at)
        .where(col(Publication.cursor) > tap.after)
    )
    by_others = (
        select(Decision)
        .where(Decision.event_id == event_id, Decision.subject == subject, Decision.subject_id == subject_id)
        .where(col(Decision.machine).is_(False), ~col(Decision.tap).startswith(f"{tap.tablet}:", autoescape=True))
        .where(Decision.before != QuestionState.TAKEN_BACK, told.exists())
    )
    return db.exec(by_others.order_by(col(Decision.id).desc()).limit(1)).first()


def talk_changed_meanwhile(db: Session, event_id: int, tap: Tap) -> bool:
    told = select(Publication.cursor).where(Publication.event_id == event_id, Publication.subject == Subject.TALK)
    return db.exec(told.where(col(Publication.cursor) > tap.after).limit(1)).first() is not None
