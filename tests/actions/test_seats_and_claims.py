"""Seats and claims: who is there, and who looks at what."""

from datetime import timedelta

import pytest

from app.actions.arrivals import receive
from app.actions.delays import keep_desk
from app.actions.events import create_event
from app.actions.seats_and_claims import NoSuchPost, leave_seat, take_seat
from app.domain.claims import CLAIM_LASTS
from app.domain.event import Event
from app.domain.seats import PRESENT
from app.queries.seats import desks_to_keep, present
from tests.actions.desk import Desk
from tests.conftest import NOON, incoming


async def test_a_post_that_somebody_looks_at_is_theirs_until_the_lease_ends(desk: Desk) -> None:
    post_id = await desk.arrives()
    assert await desk.sits(desk.asha, post_id) == ""
    assert await desk.sits(desk.ben, post_id) == "Asha"
    assert await desk.sits(desk.asha, post_id, NOON + timedelta(seconds=9)) == ""
    late = NOON + timedelta(seconds=10) + CLAIM_LASTS
    assert await desk.sits(desk.ben, post_id, late) == ""
    assert await desk.sits(desk.asha, post_id, late) == "Ben"


async def test_a_desk_that_falls_silent_is_cleared_and_one_that_closes_at_once(desk: Desk) -> None:
    await desk.sits(desk.asha)
    await desk.sits(desk.ben)
    await desk.doors.do(leave_seat, desk.event.id, "tab of Ben", by=desk.ben, at=NOON)
    assert (await desk.doors.ask(present, desk.event)).names == ["Asha"]
    late = NOON + PRESENT + timedelta(seconds=1)
    assert await desk.doors.ask(desks_to_keep, late) == [desk.event.id]
    await desk.doors.do(keep_desk, desk.event.id, at=late)
    assert (await desk.doors.ask(present, desk.event)).names == []


async def test_a_beat_without_news_writes_no_line(desk: Desk) -> None:
    post_id = await desk.arrives()
    await desk.sits(desk.asha, post_id)
    before = await desk.doors.ask(lambda db: db.get_one(Event, desk.event.id).cursor)
    for second in range(1, 60):
        await desk.sits(desk.asha, post_id, NOON + timedelta(seconds=second))
    assert await desk.doors.ask(lambda db: db.get_one(Event, desk.event.id).cursor) == before


async def test_a_seat_is_left_only_by_whoever_sits_in_it(desk: Desk) -> None:
    await desk.sits(desk.asha)
    await desk.doors.do(leave_seat, desk.event.id, "tab of Asha", by=desk.ben, at=NOON)
    assert (await desk.doors.ask(present, desk.event)).names == ["Asha"]


async def test_a_post_of_another_event_is_looked_at_by_nobody(desk: Desk) -> None:
    other = await desk.doors.do(create_event, "elsewhere", name="Elsewhere", hashtags=[], at=NOON)
    theirs = (await desk.doors.do(receive, other.id, incoming(), at=NOON)).post_id
    for post_id in (theirs, theirs + 1000):
        with pytest.raises(NoSuchPost):
            await desk.doors.do(take_seat, desk.event.id, "a tab", post_id, by=desk.asha, at=NOON)
    assert (await desk.doors.ask(present, desk.event)).names == []
