"""What was told the stage, newest first."""

from sqlmodel import Session, col, or_, select

from app.domain.backstage import BackstageWord
from app.domain.event import Event

LATEST = 3


def told(db: Session, event: Event, room_id: int | None = None) -> list[BackstageWord]:
    """At the desk: the last few, read or not; at a room's desk those for it, and those for all."""
    return list(db.exec(_of(event, room_id).order_by(col(BackstageWord.id).desc()).limit(LATEST)))


def unread(db: Session, event: Event, room_id: int | None = None) -> list[BackstageWord]:
    """On stage: what nobody there has read yet, of the last few."""
    return [word for word in told(db, event, room_id) if word.seen_at is None]


def _of(event: Event, room_id: int | None):  # type: ignore[no-untyped-def]
    found = select(BackstageWord).where(BackstageWord.event_id == event.id)
    if room_id is None:
        return found
    return found.where(or_(col(BackstageWord.room_id) == room_id, col(BackstageWord.room_id).is_(None)))
