"""Events: by address, by number, all."""

import re
import unicodedata

from sqlmodel import Session, col, func, select

from app.domain.event import Event


def event_by_slug(db: Session, slug: str) -> Event | None:
    """The Event at an address as people type it: any letter case or width, within what a sentence puts around it."""
    slug = re.sub(r"^[\W_]+|[\W_]+$", "", unicodedata.normalize("NFKC", slug).lower())
    return db.exec(select(Event).where(Event.slug == slug)).first()


def event_by_id(db: Session, event_id: int) -> Event | None:
    return db.get(Event, event_id)


def cursor_of(db: Session, event_id: int) -> int:
    """How long an Event's log is."""
    return db.exec(select(Event.cursor).where(Event.id == event_id)).one()


def every_event(db: Session) -> list[Event]:
    return list(db.exec(select(Event).order_by(col(Event.id))))


def answers(db: Session) -> bool:
    """Whether the database can be read."""
    return db.exec(select(func.count()).select_from(Event)).one() >= 0
