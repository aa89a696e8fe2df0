"""Which rooms an Event has, and what runs in them."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.room import Room
from app.domain.talk import Talk


def rooms(db: Session, event_id: int) -> list[Room]:
    """The rooms that are to be told apart: none where the whole programme is in one."""
    in_use = select(Talk.room_id).where(Talk.event_id == event_id, col(Talk.room_id).is_not(None))
    found = db.exec(select(Room).where(Room.event_id == event_id, col(Room.id).in_(in_use))).all()
    return sorted(found, key=lambda room: (room.order, room.id)) if len(found) > 1 else []


def room_at(db: Session, event_id: int, key: str) -> Room | None:
    """The room of an address, if the Event has several; also one that the programme does not name any more."""
    if not rooms(db, event_id):
        return None
    return db.exec(select(Room).where(Room.event_id == event_id, Room.key == key.strip().lower())).first()


def has_room(db: Session, event_id: int, room_id: int) -> bool:
    """Whether it is one of the Event's, in use or not."""
    room = db.get(Room, room_id)
    return room is not None and room.event_id == event_id


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What somebody looks at: a room, or all of them. Without `rooms` there are none to tell apart."""

    event: Event
    rooms: tuple[Room, ...]
    room: Room | None

    @property
    def place(self) -> Event | Room:
        """What knows which Talk runs."""
        return self.room or self.event

    @property
    def running(self) -> frozenset[int]:
        """The Talks that run."""
        places = (self.room,) if self.room else self.rooms or (self.event,)
        return frozenset(one.current_talk_id for one in places if one.current_talk_id)

    @property
    def only_one(self) -> int | None:
        """The one Talk that runs, whatever the room."""
        return next(iter(self.running)) if len(self.running) == 1 else None

    @property
    def listed(self) -> frozenset[int]:
        """The Talks whose questions are on the list: in each room the one that runs, or the last one."""
        places = (self.room,) if self.room else self.rooms or (self.event,)
        return frozenset(one.current_talk_id or one.last_talk_id or 0 for one in places)


def whereabouts(db: Session, event: Event, room_id: int | None = None) -> Whereabouts:
    """Of a room, if there are several; one that the programme names no more has no Talks, and never those of others."""
    found = tuple(rooms(db, event.id))
    room = db.get(Room, room_id) if found and room_id is not None else None
    return Whereabouts(event, found, room if room is not None and room.event_id == event.id else None)


def room_names(db: Session, event_ids: set[int]) -> dict[int, str]:
    """The names of rooms that are to be told apart, by their id."""
    return {room.id: room.name for event_id in event_ids for room in rooms(db, event_id)}
