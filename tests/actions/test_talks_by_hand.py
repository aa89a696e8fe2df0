"""Talks begin and end by hand; a hand that is forgotten gives the room back to the clock."""

from datetime import timedelta

import pytest

from app.actions.current_talk import move_programme_on
from app.actions.events import Refused
from app.actions.questions import bring_on_stage
from app.actions.talks_by_hand import end_talk, follow_the_clock, start_talk
from app.actions.undo import undo_last
from app.domain.event import Event
from app.domain.room import Room
from app.domain.talk import Talk
from app.queries.questions import on_stage
from app.queries.rooms import rooms
from app.store.doors import Backchannel
from tests.actions.test_rooms import HOUR, asked, make_talk
from tests.conftest import ASHA, NOON

Day = tuple[Talk, Talk, Talk]


@pytest.fixture
async def day(doors: Backchannel, event: Event) -> Day:
    """Three talks of an hour in one room, the first of which runs at noon; and one in another room."""
    first, second, third = [await make_talk(doors, event, "Hall", begins) for begins in (-0.5, 0.5, 2)]
    await make_talk(doors, event, "Attic", begins=-0.5, hours=4)
    await doors.do(move_programme_on, event.id, at=NOON)
    return first, second, third


async def current(doors: Backchannel, event: Event, hours: float = 0) -> int | None:
    """What runs in the hall, after the clock was looked at."""
    await doors.do(move_programme_on, event.id, at=NOON + hours * HOUR)
    return (await hall(doors, event)).current_talk_id


async def hall(doors: Backchannel, event: Event) -> Room:
    return next(room for room in await doors.ask(rooms, event.id) if room.key == "hall")


async def test_a_talk_that_runs_on_keeps_the_room_until_the_next_one_would_have_ended(
    doors: Backchannel, event: Event, day: Day
) -> None:
    first, second, _ = day
    assert await current(doors, event, 0.6) == second.id
    await doors.do(start_talk, event.id, first.id, by=ASHA, at=NOON + 0.6 * HOUR)
    assert [await current(doors, event, hours) for hours in (0.7, 1.4, 1.6, 2.1)] == [
        first.id,
        first.id,
        None,
        day[2].id,
    ]


async def test_one_that_ends_early_leaves_the_stage_and_the_next_begins_on_time(
    doors: Backchannel, event: Event, day: Day
) -> None:
    first, second, _ = day
    room, attic = await hall(doors, event), await doors.ask(lambda db: rooms(db, event.id)[0])
    question, theirs = await asked(doors, event, room, first, "1"), await asked(doors, event, attic, None, "2")
    for one in (question, theirs):
        await doors.do(bring_on_stage, one.id, by=ASHA, at=NOON)
    await doors.do(end_talk, event.id, room_id=room.id, by=ASHA, at=NOON + timedelta(minutes=1))
    event = await doors.ask(lambda db: db.get_one(Event, event.id))
    assert await doors.ask(on_stage, event, room.id) is None
    assert await doors.ask(on_stage, event, attic.id) is not None
    assert [await current(doors, event, hours) for hours in (0.1, 0.45, 0.55)] == [None, None, second.id]


async def test_the_next_one_begins_early_and_the_programme_has_it_again_by_a_word_or_an_undo(
    doors: Backchannel, event: Event, day: Day
) -> None:
    first, second, _ = day
    room = await hall(doors, event)
    await doors.do(start_talk, event.id, second.id, by=ASHA, at=NOON)
    assert await current(doors, event, 0.2) == second.id
    assert await doors.do(follow_the_clock, event.id, room_id=room.id, by=ASHA, at=NOON + 0.2 * HOUR)
    assert await current(doors, event, 0.2) == first.id
    assert not await doors.do(follow_the_clock, event.id, room_id=room.id, by=ASHA, at=NOON)
    await doors.do(start_talk, event.id, second.id, by=ASHA, at=NOON + 0.3 * HOUR)
    await doors.do(undo_last, event.id, by=ASHA, at=NOON + 0.3 * HOUR)
    assert (await hall(doors, event)).by_hand_until is None
    assert await current(doors, event, 0.6) == second.id


async def test_of_several_rooms_somebody_says_which_and_of_one_nobody_need(
    doors: Backchannel, event: Event, day: Day
) -> None:
    with pytest.raises(Refused):
        await doors.do(end_talk, event.id, by=ASHA, at=NOON)
    with pytest.raises(Refused):
        await doors.do(start_talk, event.id, 999, by=ASHA, at=NOON)
    assert await doors.do(start_talk, event.id, day[0].id, by=ASHA, at=NOON) is None


async def test_where_all_is_in_one_room_the_event_is_the_room(doors: Backchannel, event: Event, talk: Talk) -> None:
    await doors.do(end_talk, event.id, by=ASHA, at=NOON)
    assert await doors.do(move_programme_on, event.id, at=NOON + timedelta(minutes=5)) is None
    assert await doors.do(follow_the_clock, event.id, by=ASHA, at=NOON + timedelta(minutes=5))
    found = await doors.do(move_programme_on, event.id, at=NOON + timedelta(minutes=5))
    assert found is not None
    assert found.id == talk.id
