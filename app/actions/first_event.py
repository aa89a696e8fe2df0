"""The event that a new server begins with."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.events import create_event
from app.actions.links import Link, give_link
from app.domain.access import Role
from app.domain.event import Event

SLUG, NAME = "my-event", "My event"


def make_first_event(db: Session, *, at: datetime) -> tuple[Event, Link] | None:
    """An event and its owner's link, both or neither; None if there is an event already.

    Of servers that start together one makes it: the others meet its address, try again and find it.
    """
    if db.exec(select(col(Event.id)).limit(1)).first() is not None:
        return None
    event = create_event(db, SLUG, name=NAME, hashtags=[], at=at)
    return event, give_link(db, event.id, Role.OWNER, at=at)
