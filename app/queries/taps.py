"""What happened since a tablet was last told anything: it acts on what it shows."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from app.domain.decision import Decision
from app.domain.publication import Publication
from app.domain.question import QuestionState
from app.domain.subject import Subject
from app.domain.tap import Tap


def done_meanwhile(
    db: Session, event_id: int, tap: Tap, subject: Subject | str, ids: Collection[int]
) -> Decision | None:
    """The newest decision of others on one of these, of which the tablet was not told when it was tapped.

    A decision says where the log stood when it was told, so it is found however much was told since, and when the log
    has forgotten. What the same tablet tapped before is no news to it, what the clock of the programme did is nobody's
    will, and that it was made a question it knows: it shows it.
    """
    by_others = (
        select(Decision)
        .where(Decision.event_id == event_id, Decision.subject == subject, col(Decision.subject_id).in_(list(ids)))
        .where(col(Decision.machine).is_(False), ~col(Decision.tap).startswith(tap.named(""), autoescape=True))
        .where(Decision.before != QuestionState.TAKEN_BACK, col(Decision.cursor) > tap.after)
    )
    return db.exec(by_others.order_by(col(Decision.id).desc()).limit(1)).first()


def talk_changed_meanwhile(db: Session, event_id: int, tap: Tap) -> bool:
    """Whether the log tells of it. What it has forgotten nobody knows: `Event.trimmed`."""
    told = select(Publication.cursor).where(Publication.event_id == event_id, Publication.subject == Subject.TALK)
    return db.exec(told.where(col(Publication.cursor) > tap.after).limit(1)).first() is not None
