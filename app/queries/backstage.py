"""What was told the stage, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from app.domain.backstage import BackstageWord
from app.domain.event import Event
from app.queries.rooms import whereabouts

LATEST = 3


@dataclass(frozen=True, slots=True)
class Backstage:
    """What was told, and until when both sides agree that the talk goes on; None: as the programme has it."""

    words: list[BackstageWord]
    until: datetime | None
    proposed: frozenset[int] = frozenset()
    """Words that propose an end to which can be agreed."""


def backstage(db: Session, event: Event, room_id: int | None = None) -> Backstage:
    """At the desk: the last few, read or not; at a room's desk those for it, and those for all."""
    return Backstage(told(db, event, room_id), agreed_end(db, event, room_id))


def to_be_read(db: Session, event: Event, room_id: int | None = None) -> Backstage:
    """On stage: what nobody there has read yet, of the last few."""
    return Backstage(unread(db, event, room_id), agreed_end(db, event, room_id), proposed(db, event))


def told(db: Session, event: Event, room_id: int | None = None) -> list[BackstageWord]:
    return list(db.exec(_of(event, room_id).order_by(col(BackstageWord.id).desc()).limit(LATEST)))


def unread(db: Session, event: Event, room_id: int | None = None) -> list[BackstageWord]:
    return [word for word in told(db, event, room_id) if word.seen_at is None]


def agreed_end(db: Session, event: Event, room_id: int | None = None) -> datetime | None:
    """When the talk that runs is to end, if the desk said so and the stage has seen it: what was agreed last holds."""
    running = whereabouts(db, event, room_id).only_one
    agreed = select(BackstageWord.until).where(BackstageWord.event_id == event.id, BackstageWord.talk_id == running)
    agreed = agreed.where(col(BackstageWord.seen_at).is_not(None), col(BackstageWord.until).is_not(None))
    last = agreed.order_by(col(BackstageWord.seen_at).desc(), col(BackstageWord.id).desc()).limit(1)
    return db.exec(last).first() if running else None


def proposed(db: Session, event: Event) -> frozenset[int]:
    """The newest end that is proposed for each talk that runs: what was proposed before, the desk has taken back."""
    ends = select(func.max(BackstageWord.id)).where(BackstageWord.event_id == event.id, _PROPOSES)
    ends = ends.where(col(BackstageWord.talk_id).in_(whereabouts(db, event).running))
    return frozenset(db.exec(ends.group_by(col(BackstageWord.talk_id))))


_PROPOSES = col(BackstageWord.until).is_not(None)


def _of(event: Event, room_id: int | None):  # type: ignore[no-untyped-def]
    found = select(BackstageWord).where(BackstageWord.event_id == event.id)
    if room_id is None:
        return found
    return found.where(or_(col(BackstageWord.room_id) == room_id, col(BackstageWord.room_id).is_(None)))
