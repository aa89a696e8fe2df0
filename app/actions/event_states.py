"""An Event is opened, closed, archived. Closed, it takes nothing more, and its helpers' links end on a chosen day."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish, publish_all
from app.actions.events import Refused
from app.domain.access import Access, Role
from app.domain.event import Event, EventState
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject

HELPERS = (Role.MODERATOR, Role.SPEAKER, Role.SCREEN, Role.DELEGATE)


def open_event(db: Session, event_id: int, *, at: datetime) -> Event:
    """From now on it takes posts, questions and votes; again, if it was closed."""
    event = _become(db, event_id, EventState.OPEN, at=at)
    for access in _helpers(db, event_id):
        access.expires_at = None
    return event


def close_event(
    db: Session, event_id: int, *, farewell: str = "", helpers_until: datetime | None = None, at: datetime
) -> Event:
    """Sources stop, phones read the farewell, and helpers' links hold until then; None: as long as they did."""
    if helpers_until is not None and helpers_until <= at:
        raise Refused("That day is over already.")
    event = _become(db, event_id, EventState.CLOSED, at=at)
    event.farewell = farewell.strip()[:500]
    for access in _helpers(db, event_id):
        access.expires_at = helpers_until
        publish(db, event_id, Subject.ACCESS, access.id, at=at)
    return event


def archive_event(db: Session, event_id: int, *, at: datetime) -> Event:
    """Out of the way, and what came from networks off its screens, until it is opened again.

    Raises Refused for one that is not closed: nobody archives a hall that is talking.
    """
    if db.get_one(Event, event_id).state not in {EventState.CLOSED, EventState.ARCHIVED}:
        raise Refused("Close the event first.")
    return _become(db, event_id, EventState.ARCHIVED, at=at)


def end_expired_links(db: Session, *, at: datetime) -> int:
    """Revoke the links whose day has come; their screens close. Says how many there were."""
    due = select(Access).where(col(Access.revoked_at).is_(None), col(Access.expires_at) <= at)
    ended = db.exec(due).all()
    for access in ended:
        access.revoked_at = at
        publish(db, access.event_id, Subject.ACCESS, access.id, at=at)
    return len(ended)


def _become(db: Session, event_id: int, state: EventState, *, at: datetime) -> Event:
    event = db.get_one(Event, event_id, with_for_update=True)
    if event.state is not state:
        comes_or_goes = EventState.ARCHIVED in {event.state, state}
        event.state = state
        publish(db, event_id, Subject.EVENT, event_id, at=at)
        if comes_or_goes and (asked := _on_screens(db, event_id)):
            publish_all(db, event_id, Subject.QUESTION, asked, at=at)
    return event


def _on_screens(db: Session, event_id: int) -> list[int]:
    """The questions that stage, wall and floor show, or would if the Event were not archived."""
    asked = col(Question.state).in_((QuestionState.OPEN, QuestionState.ON_STAGE))
    return list(db.exec(select(Question.id).where(Question.event_id == event_id, asked).order_by(col(Question.id))))


def _helpers(db: Session, event_id: int) -> list[Access]:
    open_ones = select(Access).where(Access.event_id == event_id, col(Access.revoked_at).is_(None))
    return list(db.exec(open_ones.where(col(Access.role).in_(HELPERS)).order_by(col(Access.id))))
