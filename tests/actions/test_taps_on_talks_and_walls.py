"""Talks begun and ended, walls and announcements, by taps that come late: what runs and stands by now is not what was meant."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from app.actions.current_talk import move_programme_on
from app.actions.events import Refused
from app.actions.red_buttons import set_wall_state
from app.actions.scenes import announce, end_announcement
from app.actions.talks import add_talk
from app.actions.talks_by_hand import end_talk, follow_the_clock, start_talk
from app.actions.taps import MovedOn, SettledBefore
from app.actions.taps_on_talks import end_talk_by_tap, follow_the_clock_by_tap, start_talk_by_tap
from app.actions.taps_on_walls import announce_by_tap, end_announcement_by_tap, set_wall_state_by_tap
from app.domain.event import Event, WallState
from app.domain.room import Room
from app.queries.rooms import rooms
from app.queries.scenes import announced_now
from tests.actions.test_taps import BEN, NIA, Hall, hall
from tests.conftest import NOON
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "hall", "store"]
HOUR = timedelta(hours=1)
LIVE, PAUSED, BLANK = WallState.LIVE, WallState.PAUSED, WallState.BLANK


async def tapped(hall: Hall, verb: Any, *args: Any, tap: Any = None, at: Any = None, **facts: Any) -> Any:
    tap = tap or hall.tap()
    by, at = replace(NIA, tap=tap.name), at or hall.now()
    return await hall.doors.do(verb, hall.event.id, tap, *args, by=by, at=at, **facts)


class Day:
    """Two talks after each other in each of two rooms."""

    def __init__(self, hall: Hall, ids: dict[tuple[str, int], int], halls: dict[str, int]) -> None:
        self.hall, self.ids, self.halls = hall, ids, halls

    async def runs(self, room: str = "Hall") -> int | None:
        return (await self.hall.doors.ask(lambda db: db.get_one(Room, self.halls[room]))).current_talk_id

    async def ends(self, talk: int | None, tap: Any = None, at: Any = None) -> Any:
        return await tapped(self.hall, end_talk_by_tap, talk, room_id=self.halls["Hall"], tap=tap, at=at)

    async def starts(self, talk: int, instead_of: int | None, at: Any = None) -> Any:
        where = {"room_id": self.halls["Hall"], "instead_of": instead_of}
        return await tapped(self.hall, start_talk_by_tap, talk, at=at, **where)

    async def by_ben(self, verb: Any, *args: Any) -> None:
        now = self.hall.now()
        await self.hall.doors.do(verb, self.hall.event.id, *args, room_id=self.halls["Hall"], by=BEN, at=now)


@pytest.fixture
async def day(hall: Hall) -> Day:
    def plan(db: Session) -> tuple[dict[tuple[str, int], int], dict[str, int]]:
        ids = {
            (room, number): add_talk(
                db,
                hall.event.id,
                title=f"{room} {number}",
                room=room,
                starts_at=NOON + number * HOUR,
                ends_at=NOON + (number + 1) * HOUR,
                at=NOON,
            ).id
            for room in ("Hall", "Attic")
            for number in range(2)
        }
        move_programme_on(db, hall.event.id, at=NOON)
        return ids, {room.name: room.id for room in rooms(db, hall.event.id)}

    made = Day(hall, *(await hall.doors.do(plan)))
    await hall.is_told()
    return made


async def test_a_late_end_does_not_end_the_talk_that_follows(hall: Hall, day: Day) -> None:
    first, second = day.ids["Hall", 0], day.ids["Hall", 1]
    await hall.doors.do(move_programme_on, hall.event.id, at=NOON + HOUR)
    assert await day.ends(first) is None
    assert await day.runs() == second
    tap = hall.tap()
    assert await day.ends(second, tap) is not None
    await day.by_ben(start_talk, second)
    with pytest.raises(SettledBefore):
        await day.ends(second, tap)
    assert await day.runs() == second


async def test_a_talk_that_somebody_let_go_on_meanwhile_is_not_ended(hall: Hall, day: Day) -> None:
    first = day.ids["Hall", 0]
    await day.by_ben(end_talk)
    await day.by_ben(start_talk, first)
    for talk in (first, None):
        with pytest.raises(MovedOn):
            await day.ends(talk)
    assert await day.runs() == first
    await hall.is_told()
    await day.ends(first)
    assert await day.runs() is None


async def test_a_late_start_takes_nothing_off_that_began_meanwhile(hall: Hall, day: Day) -> None:
    first, second = day.ids["Hall", 0], day.ids["Hall", 1]
    await day.ends(first)
    after = NOON + HOUR + timedelta(minutes=1)
    await hall.doors.do(move_programme_on, hall.event.id, at=after)  # by the clock, which is nobody's will
    with pytest.raises(Refused, match="something else runs"):
        await day.starts(first, 0, at=after)
    assert await day.starts(second, 0, at=after) is None, "it runs already"
    assert await day.runs() == second
    assert await day.runs("Attic") == day.ids["Attic", 1]


async def test_the_clock_is_not_given_back_what_somebody_took_into_their_hands_meanwhile(hall: Hall, day: Day) -> None:
    await day.ends(day.ids["Hall", 0])
    await hall.is_told()
    await day.by_ben(start_talk, day.ids["Hall", 1])
    where = {"room_id": day.halls["Hall"]}
    with pytest.raises(MovedOn):
        await tapped(hall, follow_the_clock_by_tap, **where)
    assert await day.runs() == day.ids["Hall", 1]
    await hall.is_told()
    assert await tapped(hall, follow_the_clock_by_tap, **where)
    await day.by_ben(follow_the_clock)


async def wall(hall: Hall) -> Event:
    return await hall.doors.ask(lambda db: db.get_one(Event, hall.event.id))


@pytest.mark.parametrize(
    ("by_ben", "tapped_state", "is_done"),
    [
        ([PAUSED], LIVE, False),
        ([BLANK], LIVE, False),
        ([PAUSED], BLANK, True),
        ([BLANK, LIVE], BLANK, False),
        ([BLANK], BLANK, True),
        ([BLANK], PAUSED, False),
    ],
)
async def test_a_wall_that_somebody_blanked_meanwhile_is_not_shown_and_one_that_was_checked_is_not_blanked(
    hall: Hall, by_ben: list[WallState], tapped_state: WallState, is_done: bool
) -> None:
    await hall.is_told()
    for state in by_ben:
        await hall.doors.do(set_wall_state, hall.event.id, state, by=BEN, at=hall.now())
    if is_done and tapped_state is BLANK:
        await tapped(hall, set_wall_state_by_tap, tapped_state)
        assert (await wall(hall)).wall_state is BLANK
        return
    with pytest.raises(MovedOn):
        await tapped(hall, set_wall_state_by_tap, tapped_state)
    assert (await wall(hall)).wall_state is by_ben[-1]
    await hall.is_told()
    await tapped(hall, set_wall_state_by_tap, tapped_state)
    assert (await wall(hall)).wall_state is tapped_state


async def announced(hall: Hall) -> tuple[str, Any]:
    found = await hall.doors.ask(lambda db: announced_now(db, db.get_one(Event, hall.event.id)))
    return (found.text, found.until) if found else ("", None)


async def test_a_late_announcement_stands_no_longer_than_was_meant_and_not_over_a_newer_one(hall: Hall) -> None:
    await hall.is_told()
    minutes = timedelta(minutes=5)
    late = replace(hall.tap(), waited=timedelta(minutes=2))
    at = hall.now()
    await tapped(hall, announce_by_tap, "Lunch is served", lasts=minutes, tap=late, at=at)
    assert await announced(hall) == ("Lunch is served", at + timedelta(minutes=3))
    with pytest.raises(Refused, match="time is over"):
        await tapped(hall, announce_by_tap, "Too late", lasts=minutes, tap=replace(hall.tap(), waited=minutes))
    await hall.doors.do(announce, hall.event.id, "Fire drill", until=NOON + HOUR, by=BEN, at=hall.now())
    with pytest.raises(MovedOn):
        await tapped(hall, announce_by_tap, "Lunch is over", lasts=minutes)
    with pytest.raises(MovedOn):
        await tapped(hall, end_announcement_by_tap)
    assert (await announced(hall))[0] == "Fire drill"
    assert await tapped(hall, announce_by_tap, " Fire  drill", lasts=minutes) is None
    await hall.is_told()
    await tapped(hall, end_announcement_by_tap)
    assert (await announced(hall))[0] == ""
    await hall.doors.do(announce, hall.event.id, "A word", until=NOON + HOUR, by=BEN, at=hall.now())
    await hall.doors.do(end_announcement, hall.event.id, by=BEN, at=hall.now())
    await tapped(hall, announce_by_tap, "Lunch is over", lasts=minutes)
    assert (await announced(hall))[0] == "Lunch is over", "nothing else is announced"
