"""Talks begin and end by taps, which may come late: what runs by now is not ended for what ran then."""

from datetime import datetime

from sqlmodel import Session

from app.actions.talks_by_hand import decided_about, end_talk, follow_the_clock, start_talk
from app.actions.taps import MovedOn, settle_once
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.room import Room
from app.domain.subject import Subject
from app.domain.tap import Tap
from app.queries.taps import done_meanwhile


def start_talk_by_tap(
    db: Session,
    event_id: int,
    tap: Tap,
    talk_id: int,
    *,
    room_id: int | None,
    instead_of: int | None,
    by: Actor,
    at: datetime,
) -> Decision | None:
    """This Talk runs now. Raises SettledBefore, MovedOn, and Refused as `start_talk` does."""
    settle_once(db, event_id, tap, at=at)
    if _runs(db, event_id, room_id, talk_id) == talk_id:
        return None
    _refuse_if_others(db, event_id, tap, room_id, talk_id)
    return start_talk(db, event_id, talk_id, room_id=room_id, instead_of=instead_of, by=by, at=at)


def end_talk_by_tap(
    db: Session, event_id: int, tap: Tap, talk_id: int | None, *, room_id: int | None, by: Actor, at: datetime
) -> Decision | None:
    """That Talk is over. None if it does not run any more. Raises as `start_talk_by_tap` does."""
    settle_once(db, event_id, tap, at=at)
    if talk_id and _runs(db, event_id, room_id) != talk_id:
        return None
    _refuse_if_others(db, event_id, tap, room_id)
    return end_talk(db, event_id, talk_id, room_id=room_id, by=by, at=at)


def follow_the_clock_by_tap(
    db: Session, event_id: int, tap: Tap, *, room_id: int | None, by: Actor, at: datetime
) -> bool:
    """The clock decides again. Raises as `start_talk_by_tap` does."""
    settle_once(db, event_id, tap, at=at)
    _refuse_if_others(db, event_id, tap, room_id)
    return follow_the_clock(db, event_id, room_id=room_id, by=by, at=at)


def _runs(db: Session, event_id: int, room_id: int | None, talk_id: int | None = None) -> int | None:
    place = decided_about(db, event_id, room_id, talk_id)
    found = db.get_one(Room, place) if place else db.get_one(Event, event_id)
    db.refresh(found)
    return found.current_talk_id


def _refuse_if_others(db: Session, event_id: int, tap: Tap, room_id: int | None, talk_id: int | None = None) -> None:
    room = decided_about(db, event_id, room_id, talk_id)
    if other := done_meanwhile(db, event_id, tap, Subject.ROOM, [room]):
        raise MovedOn(other)
