"""What the desk tells the stage is read there and nowhere else: no screen of the audience has a part that listens to it."""

import pytest
from sqlmodel import Session

from app.actions.backstage import say_seen, tell_stage
from app.actions.events import Refused
from app.domain.event import Event
from app.domain.room import Room
from app.domain.subject import Subject
from app.queries.backstage import told, unread
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
