"""An Event is opened, closed, archived. Closed, it takes nothing more, and its helpers' links end on a chosen day."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish, publish_all
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.links import close_link
from app.domain.access import Access, Role
from app.domain.decision import SETUP, Actor
from app.domain.event import Event, EventState
from app.domain.question import Question, QuestionState
from app.domain.sentence import Moment, Sentence, Written
from app.domain.subject import Subject

CALENDAR = Actor(label="calendar", machine=True)
HELPERS = (Role.MODERATOR, Role.SPEAKER, Role.SCREEN, Role.DELEGATE)


def open_event(db: Session, event_id: int, *, by: Actor = SETUP, at: datetime) -> Event:
    """From now on it takes posts, questions and votes; again, if it was closed."""
    event = _become(db, event_id, EventState.OPEN, by=by, at=at)
    for access in _helpers(db, event_id):
        access.expires_at = None
    return event


def close_event(
    db: Session,
    event_id: int,
    *,
    farewell: str = "",
    helpers_until: datetime | None = None,
    by: Actor = SETUP,
    at: datetime,
) -> Event:
    """Sources stop, phones read the farewell, and helpers' links hold until then; None: as long as they did."""
    if helpers_until is not None and helpers_until <= at:
        raise Refused("That day is over already.")
    farewell, said = farewell.strip()[:500], ""
    if helpers_until is not None:
        said = Sentence("Helpers’ links hold until %(until)s.", until=Moment(helpers_until, Written.DAY))
    again = db.get_one(Event, event_id).farewell != farewell
    event = _become(db, event_id, EventState.CLOSED, by=by, at=at, detail=said, again=again)
    event.farewell = farewell
    for access in _helpers(db, event_id):
        access.expires_at = helpers_until
        publish(db, event_id, Subject.ACCESS, access.id, at=at)
    return event


def archive_event(db: Session, event_id: int, *, by: Actor = SETUP, at: datetime) -> Event:
    """Out of the way, and what came from networks off its screens, until it is opened again.

    Raises Refused for one that is not closed: nobody archives a hall that is talking.
    """
    if db.get_one(Event, event_id).state not in {EventState.CLOSED, EventState.ARCHIVED}:
        raise Refused("Close the event first.")
    return _become(db, event_id, EventState.ARCHIVED, by=by, at=at)


def end_expired_links(db: Session, *, at: datetime) -> int:
    """Revoke the links whose day has come; their screens close. Says how many there were."""
    due = select(Access).where(col(Access.revoked_at).is_(None), col(Access.expires_at) <= at)
    ended = db.exec(due).all()
    for access in ended:
        close_link(db, access, by=CALENDAR, at=at)
    return len(ended)


def _become(
    db: Session,
    event_id: int,
    state: EventState,
    *,
    by: Actor,
    at: datetime,
    detail: str = "",
    again: bool = False,
) -> Event:
    """It is written down if that is new, or something else changes with it `again`."""
    event = db.get_one(Event, event_id, with_for_update=True)
    if event.state is not state or again or detail:
        decide(db, event_id, Subject.LIFE, event_id, event.state, state, by=by, at=at, detail=detail)
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
