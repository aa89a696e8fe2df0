"""Tokens of networks: one for each event, with limits and a meter of its own, gone with the event."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions.event_deletion import delete_event
from app.actions.event_states import close_event, open_event
from app.actions.events import create_event, plan_event
from app.actions.network_tokens import forget_token, keep_token
from app.actions.reading_cost import count_read
from app.actions.sources import add_sources
from app.domain.event import Event, EventKind
from app.domain.network import Limits, Networks
from app.domain.reading_cost import Read, day_of
from app.queries.network_tokens import kept_tokens
from app.queries.reading_cost import read_today, spent
from app.queries.sources import Assignment, assignments, sources
from app.store.doors import Backchannel
from tests.conftest import NOON
from tests.sources.invented import PLAZA

ONE_STREAM = Networks([replace(PLAZA, limits=Limits(streams=1))])


async def keep(doors: Backchannel, event: Event, mark: str) -> None:
    await doors.do(keep_token, event.id, "plaza", sealed=f"sealed {mark}", mark=mark, told="Fine.", at=NOON)


async def running(doors: Backchannel) -> dict[str, Assignment]:
    return {one.slug: one for one in await doors.ask(assignments, ONE_STREAM)}


@pytest.fixture
async def other(doors: Backchannel, event: Event) -> Event:
    made = await doors.do(create_event, "other", name="Other", hashtags=["other"], at=NOON + timedelta(hours=1))
    for one in (event, made):
        await doors.do(add_sources, one.id, ["plaza"], at=NOON)
    return made


async def test_who_has_a_token_of_their_own_has_a_stream_of_their_own(
    doors: Backchannel, event: Event, other: Event
) -> None:
    assert {slug: one.streams for slug, one in (await running(doors)).items()} == {"other": True, "box10": False}
    before = (await running(doors))["box10"]
    await keep(doors, event, "a" * 64)
    found = await running(doors)
    assert {slug: one.streams for slug, one in found.items()} == {"other": True, "box10": True}
    assert (found["box10"].token, found["other"].token) == ("sealed " + "a" * 64, "")
    assert before != found["box10"]  # so that it is begun anew
    assert "sealed" not in repr(found["box10"])
    await keep(doors, other, "a" * 64)  # the same token: its one stream is the newer event's
    assert {slug: one.streams for slug, one in (await running(doors)).items()} == {"other": True, "box10": False}
    await doors.do(forget_token, event.id, "plaza", at=NOON)
    assert (await running(doors))["box10"].streams


async def test_what_another_token_has_paid_for_is_paid_for_again(
    doors: Backchannel, event: Event, other: Event
) -> None:
    await keep(doors, event, "b" * 64)
    read, day = Read(frozenset({"1", "2"})), day_of(NOON)
    for one in (event, other):
        source = (await doors.ask(sources, one.id))[0]
        await doors.do(count_read, source.id, read, at=NOON)
        counted = await doors.ask(lambda db, source_id=source.id: spent(db, source_id, day=day))
        assert (counted.today, counted.event) == (2, 2)
    accounts = {one.account for one in (await running(doors)).values()}
    assert accounts == {"plaza", "plaza:bbbbbbb"}
    for name in accounts:
        assert await doors.ask(lambda db, name=name: read_today(db, name, ["p:1"], day=day)) == {"p:1"}


async def plan(doors: Backchannel, slug: str, like: Event, **more: bool) -> Event:
    about = {"zone": "Europe/London", "accent": "teal", "language": "en", "kind": EventKind.CHAT}
    days = {"starts_on": None, "ends_on": None, "listed": False}
    return await doors.do(plan_event, slug, name=slug, hashtags=[], **about, **days, like=like.id, **more, at=NOON)


async def test_a_copy_has_no_token_unless_that_was_asked_for_and_deletion_takes_it_along(
    doors: Backchannel, event: Event
) -> None:
    await keep(doors, event, "c" * 64)
    without, along = await plan(doors, "without", event), await plan(doors, "along", event, with_tokens=True)
    assert await doors.ask(kept_tokens, without.id) == {}
    assert (await doors.ask(kept_tokens, along.id))["plaza"].sealed == "sealed " + "c" * 64
    await doors.do(open_event, along.id, at=NOON)
    await doors.do(close_event, along.id, farewell="", at=NOON)
    await doors.do(delete_event, along.id, at=NOON)
    assert await doors.ask(kept_tokens, along.id) == {}
    assert (await doors.ask(kept_tokens, event.id)).keys() == {"plaza"}
