"""What the desk tells the stage is read there and nowhere else: no screen of the audience has a part that listens to it."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from app.actions.backstage import propose_end, say_seen, tell_stage
from app.actions.events import Refused
from app.domain.backstage import BackstageWord
from app.domain.event import Event
from app.domain.room import Room
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.backstage import to_be_read, told, unread
from app.views.parts import Single
from tests.actions.desk import Desk
from tests.actions.test_rooms import halls
from tests.conftest import NOON
from tests.views.site import Site, site

__all__ = ["halls", "site"]


async def stands(desk: Desk, room_id: int | None) -> tuple[list[str], list[str]]:
    def look(db: Session) -> tuple[list[str], list[str]]:
        event = db.get_one(Event, desk.event.id)
        return [one.text for one in told(db, event, room_id)], [one.text for one in unread(db, event, room_id)]

    return await desk.doors.ask(look)


async def test_it_is_read_once_and_in_its_room_only(desk: Desk, halls: tuple[Room, Room]) -> None:
    one, other = halls
    how = {"by": desk.asha, "at": NOON}
    first = await desk.doors.do(tell_stage, desk.event.id, " Five  minutes ", room_id=one.id, **how)
    await desk.doors.do(tell_stage, desk.event.id, "Lunch is late", room_id=None, **how)
    assert await stands(desk, one.id) == (["Lunch is late", "Five minutes"], ["Lunch is late", "Five minutes"])
    assert await stands(desk, other.id) == (["Lunch is late"], ["Lunch is late"])
    assert [await desk.doors.do(say_seen, desk.event.id, first.id, **how) for _ in range(2)] == [True, False]
    assert await stands(desk, one.id) == (["Lunch is late", "Five minutes"], ["Lunch is late"])
    assert not await desk.doors.do(say_seen, desk.event.id + 1, first.id, **how)
    for words, room_id in (("  ", None), ("a" * 201, None), ("Hello", one.id + 99)):
        with pytest.raises(Refused):
            await desk.doors.do(tell_stage, desk.event.id, words, room_id=room_id, **how)


def test_no_screen_but_desk_stage_and_remote_listens_to_it(site: Site) -> None:
    listening = {
        name
        for name, view in site.context.views.items()
        for part in view.parts
        if isinstance(part, Single) and Subject.BACKSTAGE in part.subjects
    }
    assert listening == {"desk", "stage", "remote"}


async def plan(desk: Desk, halls: tuple[Room, Room], *running: int) -> list[int]:
    """A talk of an hour in each of the halls that are named runs, and nothing elsewhere."""

    def put(db: Session) -> list[int]:
        made = []
        for hall in halls:
            db.get_one(Room, hall.id).current_talk_id = None
        for number in running:
            room = db.get_one(Room, halls[number].id)
            talk = Talk(
                event_id=desk.event.id, title=f"In {room.name}", room=room.name, room_id=room.id,
                starts_at=NOON, ends_at=NOON + timedelta(hours=1),
            )  # fmt: skip
            db.add(talk)
            db.flush()
            room.current_talk_id = talk.id
            made.append(talk.id)
        return made

    return await desk.doors.do(put)


async def proposes(desk: Desk, minutes: int, room: Room | None = None) -> int:
    how = {"room_id": room.id if room else None, "by": desk.asha, "at": NOON}
    return int((await desk.doors.do(propose_end, desk.event.id, minutes, f"{minutes} left", **how)).id)


async def agrees(desk: Desk, word_id: int, after: float = 0) -> None:
    await desk.doors.do(say_seen, desk.event.id, word_id, by=desk.asha, at=NOON + timedelta(minutes=after))


async def asked_of(desk: Desk, room_id: int | None) -> tuple[set[str], datetime | None]:
    """What the stage of a room is asked to agree to, and what was agreed."""

    def look(db: Session) -> tuple[set[str], datetime | None]:
        found = to_be_read(db, db.get_one(Event, desk.event.id), room_id)
        return {word.text for word in found.words if word.id in found.proposed}, found.until

    return await desk.doors.ask(look)


async def test_only_the_room_whose_talk_it_is_is_asked_for_its_end(desk: Desk, halls: tuple[Room, Room]) -> None:
    one, other = halls
    await plan(desk, halls, 0)
    word = await proposes(desk, 5)  # from the desk of all rooms, while one talk runs
    assert (await stands(desk, other.id))[0] == []
    assert await asked_of(desk, one.id) == ({"5 left"}, None)
    await agrees(desk, word, 1)
    assert await asked_of(desk, one.id) == (set(), NOON + timedelta(minutes=5))
    assert (await asked_of(desk, other.id))[1] is None


async def test_what_was_agreed_last_holds(desk: Desk, halls: tuple[Room, Room]) -> None:
    await plan(desk, halls, 0)
    first = await proposes(desk, 10, halls[0])
    await agrees(desk, first, 2)
    second = await proposes(desk, 5, halls[0])
    assert await asked_of(desk, halls[0].id) == ({"5 left"}, NOON + timedelta(minutes=10))
    await agrees(desk, second, 3)
    assert (await asked_of(desk, halls[0].id))[1] == NOON + timedelta(minutes=5)

    def turn_round(db: Session) -> None:
        db.get_one(BackstageWord, first).seen_at = NOON + timedelta(minutes=4)

    await desk.doors.do(turn_round)
    assert (await asked_of(desk, halls[0].id))[1] == NOON + timedelta(minutes=10)


async def test_nobody_agrees_to_what_is_proposed_no_more(desk: Desk, halls: tuple[Room, Room]) -> None:
    (talk,) = await plan(desk, halls, 0)
    old, new, late = [await proposes(desk, minutes, halls[0]) for minutes in (10, 5, 2)]
    assert (await asked_of(desk, halls[0].id))[0] == {"2 left"}
    for word in (old, new):
        await agrees(desk, word, 1)
    await agrees(desk, late, 2)  # its time is over
    assert await asked_of(desk, halls[0].id) == (set(), None)
    assert (await stands(desk, halls[0].id))[1] == [], "they were read"
    over = await proposes(desk, 30, halls[0])

    def end(db: Session) -> None:
        db.get_one(Room, halls[0].id).current_talk_id = None

    await desk.doors.do(end)
    assert (await asked_of(desk, halls[0].id))[0] == set()
    await agrees(desk, over, 3)

    def goes_on(db: Session) -> None:
        db.get_one(Room, halls[0].id).current_talk_id = talk

    await desk.doors.do(goes_on)
    assert (await asked_of(desk, halls[0].id))[1] is None
