"""Rooms follow from the programme: each name that it uses is one, and stays when it is called otherwise."""

from sqlmodel import Session, col, select

from app.domain.room import Room, room_key, same_room
from app.domain.talk import Talk


def keep_rooms(db: Session, event_id: int) -> None:
    """Give every Talk its room. One whose Talks are all in a new place by now has got another name."""
    db.flush()
    known = {same_room(room.name): room for room in db.exec(select(Room).where(Room.event_id == event_id))}
    talks = db.exec(select(Talk).where(Talk.event_id == event_id).order_by(col(Talk.starts_at), col(Talk.id))).all()
    for room in list(known.values()):
        called = {same_room(talk.room): talk.room for talk in talks if talk.room_id == room.id}
        if len(called) == 1 and not called.keys() & {"", *known}:
            del known[same_room(room.name)]
            known.update(dict.fromkeys(called, room))
            room.name = next(iter(called.values()))
    for talk in talks:
        name = same_room(talk.room)
        if name and name not in known:
            key = room_key(talk.room, {room.key for room in known.values()})
            known[name] = Room(event_id=event_id, key=key, name=talk.room)
            db.add(known[name])
            db.flush()
        talk.room_id = known[name].id if name else None
    db.flush()


def lacks_rooms(db: Session, event_id: int) -> bool:
    """Whether a Talk is in a room that has no row yet, as those of an older version."""
    named = select(Talk.id).where(Talk.event_id == event_id, Talk.room != "", col(Talk.room_id).is_(None))
    return db.exec(named.limit(1)).first() is not None
