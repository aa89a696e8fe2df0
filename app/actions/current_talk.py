"""Which Talk is the current one in each room: the one that runs there now, by the clock or because somebody said so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish_all
from app.actions.questions import take_down_what_is_over
from app.actions.rooms import keep_rooms, lacks_rooms
from app.domain.event import Event
from app.domain.room import Room
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.rooms import rooms


@dataclass(frozen=True, slots=True)
class Moved:
    """A place whose Talk is another one now; `over` if the former one has ended."""

    place: Event | Room
    former: int | None
    over: bool


def move_programme_on(db: Session, event_id: int, *, at: datetime) -> Talk | None:
    """Make the Talk that runs at `at` the current one, in each room. Announces only a change; gives the Event's.

    What is still on stage when its Talk has ended is taken down; it stays open, as nobody said that it was answered.
    """
    event = db.get_one(Event, event_id)
    if lacks_rooms(db, event_id):
        keep_rooms(db, event_id)
    several = rooms(db, event_id)
    due = talks_at(db, event_id, at)
    moved = []
    for place in several or (event,):
        if place.by_hand_until is not None and place.by_hand_until > at:
            continue
        place.by_hand_until = None
        former = db.get(Talk, place.current_talk_id or 0)
        moved += put(place, of_place(place, due), over=former is not None and former.ends_at <= at)
    return go_on(db, event, several, moved, at=at)


def put(place: Event | Room, talk: Talk | None, *, over: bool) -> list[Moved]:
    """Make a Talk, or none, the current one of a room; nothing if it is."""
    now, former = talk.id if talk else None, place.current_talk_id
    if now == former:
        return []
    place.current_talk_id, place.last_talk_id = now, former or place.last_talk_id
    return [Moved(place, former, over)]


def go_on(
    db: Session, event: Event, several: Sequence[Room], moved: Iterable[Moved], *, at: datetime, by_hand: bool = False
) -> Talk | None:
    """Clear the stages of what is over, and say which Talks run. Of several rooms the Event has the newest one's."""
    moved = list(moved)
    if several:
        running = [talk for room in several if (talk := db.get(Talk, room.current_talk_id or 0))]
        newest = max(running, key=lambda talk: (talk.starts_at, -talk.id), default=None)
        moved += put(event, newest, over=True)
    take_down_what_is_over(
        db,
        event,
        left={_stage(one.place) for one in moved if one.over},
        ended={one.former for one in moved if by_hand and one.former},
        running={
            talk_id for talk_id in (event.current_talk_id, *(room.current_talk_id for room in several)) if talk_id
        },
        at=at,
    )
    if moved:
        now = dict.fromkeys(one.place.current_talk_id or 0 for one in moved)
        publish_all(db, event.id, Subject.TALK, list(now), at=at)
    return db.get(Talk, event.current_talk_id) if event.current_talk_id else None


def of_place(place: Event | Room, due: Sequence[Talk]) -> Talk | None:
    """The one for a place: a room's own before one that the programme gives no room, which is in all of them."""
    if isinstance(place, Event):
        return next(iter(due), None)
    own = (talk for talk in due if talk.room_id == place.id)
    return next(own, None) or next((talk for talk in due if talk.room_id is None), None)


def talks_at(db: Session, event_id: int, at: datetime) -> Sequence[Talk]:
    """What runs by the clock, what began last first."""
    runs = select(Talk).where(Talk.event_id == event_id, col(Talk.starts_at) <= at, col(Talk.ends_at) > at)
    return db.exec(runs.order_by(col(Talk.starts_at).desc(), col(Talk.id))).all()


def _stage(place: Event | Room) -> int | None:
    return place.id if isinstance(place, Room) else None
