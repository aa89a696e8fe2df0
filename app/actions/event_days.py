"""What an Event is, on which days it is, and whether the front page names it: changed after it was made, too."""

from datetime import date, datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor
from app.domain.event import Event, EventKind
from app.domain.sentence import Sentence
from app.domain.subject import Subject


def set_days(
    db: Session,
    event_id: int,
    *,
    kind: EventKind,
    starts_on: date | None,
    ends_on: date | None,
    listed: bool,
    by: Actor = SETUP,
    at: datetime,
) -> Event:
    """Raises Refused for days in the wrong order."""
    event = db.get_one(Event, event_id)
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("The last day is before the first.")
    was = event.kind, event.listed, event.starts_on, event.ends_on
    event.kind, event.listed = kind, listed
    event.starts_on, event.ends_on = starts_on, (ends_on or starts_on) if starts_on else None
    if was != (event.kind, event.listed, event.starts_on, event.ends_on):
        said = Sentence("Changed: %(what)s", what=(Sentence("days, kind and listing"),))
        decide(db, event_id, Subject.DESCRIPTION, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=said)
    publish(db, event_id, Subject.EVENT, event_id, at=at)
    return event
