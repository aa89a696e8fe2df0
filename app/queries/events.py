"""Events: by address, by number, all."""

import re
import unicodedata
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.domain.event import Event, EventState


class EventGone(Exception):
    """The Event was deleted; another one may have its number by now."""


def event_by_slug(db: Session, slug: str) -> Event | None:
    """The Event at an address as people type it: any letter case or width, within what a sentence puts around it."""
    slug = re.sub(r"^[\W_]+|[\W_]+$", "", unicodedata.normalize("NFKC", slug).lower())
    return db.exec(select(Event).where(Event.slug == slug)).first()


def event_by_id(db: Session, event_id: int) -> Event | None:
    return db.get(Event, event_id)


def cursor_of(db: Session, event_id: int) -> int:
    """How long an Event's log is."""
    return db.exec(select(Event.cursor).where(Event.id == event_id)).one()


def standing_of(db: Session, event_id: int) -> tuple[int, datetime]:
    """How long an Event's log is, and when it was made: no other that gets its number is as old. Raises EventGone."""
    found = db.exec(select(Event.cursor, Event.created_at).where(Event.id == event_id)).first()
    if found is None:
        raise EventGone
    return found


def is_there(db: Session, event_id: int, created_at: datetime | None = None) -> bool:
    """Whether an Event was not deleted; with the moment in which it was made, that it is this one."""
    made = db.exec(select(Event.created_at).where(Event.id == event_id)).first()
    return made is not None and created_at in {None, made}


def every_event(db: Session) -> list[Event]:
    return list(db.exec(select(Event).order_by(col(Event.id))))


def answers(db: Session) -> bool:
    """Whether the database can be read."""
    return db.exec(select(func.count()).select_from(Event)).one() >= 0


def archived_events(db: Session) -> list[int]:
    return list(db.exec(select(Event.id).where(Event.state == EventState.ARCHIVED)))
