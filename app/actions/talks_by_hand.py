"""Talks begin and end by hand where a room does not keep to the clock; for a while, then the clock has it again."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.actions.current_talk import Moved, go_on, move_programme_on, of_place, put, talks_at
from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.room import Room
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.rooms import rooms

BY_HAND_AT_MOST = timedelta(hours=12)
NO_TALK = "no talk"


def start_talk(
    db: Session,
    event_id: int,
    talk_id: int,
    *,
    room_id: int | None = None,
    instead_of: int | None = None,
    by: Actor,
    at: datetime,
) -> Decision | None:
    """This Talk runs now, in its room, or in the room that is named if it has none. None if it does.

    Raises Refused where there is no such Talk, nobody says in which of several rooms, or what runs there is not what it
    was to run `instead_of`: a Talk, or with 0 none.
    """
    event, several, place = _place(db, event_id, room_id)
    talk = db.get(Talk, talk_id)
    if talk is None or talk.event_id != event_id:
        raise Refused("There is no such talk any more.")
    if several and talk.room_id is not None:
        place = next(room for room in several if room.id == talk.room_id)
    elif several and isinstance(place, Event):
        raise Refused("Say first in which room.")
    if place.current_talk_id == talk.id:
        return None
    if instead_of is not None and instead_of != (place.current_talk_id or 0):
        raise Refused("“%(title)s” was not begun: something else runs there by now.", title=talk.title)
    return _by_hand(db, event, several, place, talk, by=by, at=at)


def end_talk(
    db: Session, event_id: int, talk_id: int | None = None, *, room_id: int | None = None, by: Actor, at: datetime
) -> Decision | None:
    """What runs in a room is over, if it is the Talk that is named. None if it does not run."""
    event, several, place = _place(db, event_id, room_id)
    if several and isinstance(place, Event):
        raise Refused("Say first in which room.")
    if place.current_talk_id is None or place.current_talk_id != (talk_id or place.current_talk_id):
        return None
    return _by_hand(db, event, several, place, None, by=by, at=at)


def follow_the_clock(db: Session, event_id: int, *, room_id: int | None = None, by: Actor, at: datetime) -> bool:
    """The clock decides again what runs in a room. False if it does."""
    _, _, place = _place(db, event_id, room_id)
    if place.by_hand_until is None:
        return False
    before, place.by_hand_until = place.current_talk_id, None
    move_programme_on(db, event_id, at=at)
    after = place.current_talk_id
    decide(db, event_id, Subject.ROOM, _of(place), _said(before), _said(after), by=by, at=at, reason=BY_THE_CLOCK)
    return True


def decided_about(db: Session, event_id: int, room_id: int | None, talk_id: int | None = None) -> int:
    """Of which subject a decision by hand is: the room, the Talk's own if it has one; 0 where all is in one."""
    _, several, place = _place(db, event_id, room_id)
    talk = db.get(Talk, talk_id) if talk_id else None
    return talk.room_id if several and talk is not None and talk.room_id is not None else _of(place)


def take_back_by_hand(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """What ran before runs again, if nothing else has begun since."""
    event, several, place = _place(db, decision.event_id, decision.subject_id or None)
    if _said(place.current_talk_id) != decision.after or (several and isinstance(place, Event)):
        return False
    before = db.get(Talk, int(decision.before)) if decision.before.isdigit() else None
    _by_hand(db, event, several, place, before, by=by, at=at, undoes=decision)
    return True


BY_THE_CLOCK = Sentence("by the clock again")


def _place(db: Session, event_id: int, room_id: int | None) -> tuple[Event, list[Room], Event | Room]:
    event = db.get_one(Event, event_id)
    several = rooms(db, event_id)
    return event, several, next((room for room in several if room.id == room_id), event)


def _by_hand(
    db: Session,
    event: Event,
    several: list[Room],
    place: Event | Room,
    talk: Talk | None,
    *,
    by: Actor,
    at: datetime,
    undoes: Decision | None = None,
) -> Decision:
    ended = db.get(Talk, place.current_talk_id or 0)
    decision = decide(
        db,
        event.id,
        Subject.ROOM,
        _of(place),
        _said(place.current_talk_id),
        _said(talk.id if talk else None),
        by=by,
        at=at,
        reason=talk.title if talk else ended.title if ended else "",
        undoes=undoes,
    )
    as_the_clock = of_place(place, talks_at(db, event.id, at)) == talk
    place.by_hand_until = None if as_the_clock else _until(db, event, place, talk, ended, at)
    moved: list[Moved] = put(place, talk, over=True)
    go_on(db, event, several, moved, at=at, by_hand=True)
    return decision


def _until(
    db: Session, event: Event, place: Event | Room, talk: Talk | None, ended: Talk | None, at: datetime
) -> datetime:
    """When the clock has the room again: with the next change that the programme foresees after the one at hand.

    A Talk that was begun runs to its planned end, or to that of the one that is due meanwhile; after one that was
    ended the next one begins on time. A hand that is forgotten must not send a day's questions to one Talk.
    """
    here = select(Talk).where(Talk.event_id == event.id, col(Talk.ends_at) > at)
    if isinstance(place, Room):
        here = here.where((col(Talk.room_id) == place.id) | col(Talk.room_id).is_(None))
    coming = db.exec(here.order_by(col(Talk.starts_at))).all()
    if talk is None:
        begins = (one.starts_at for one in coming if one.starts_at > at)
        return next(begins, max(at, ended.ends_at if ended else at) + BY_HAND_AT_MOST)
    due = [one.ends_at for one in coming if one.starts_at <= at] + ([talk.ends_at] if talk.ends_at > at else [])
    return max(due) if due else next((one.starts_at for one in coming), at + BY_HAND_AT_MOST)


def _of(place: Event | Room) -> int:
    return place.id if isinstance(place, Room) else 0


def _said(talk_id: int | None) -> str:
    return str(talk_id) if talk_id else NO_TALK
