"""One source, kept going: tried again after each end, in virtual time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from app.actions.events import create_event
from app.actions.sources import add_sources, change_source
from app.domain.event import Event
from app.domain.incoming import Found
from app.domain.network import Networks
from app.domain.post import Post
from app.domain.source import Source, SourceState
from app.queries.sources import Assignment, Position, assignments, sources
from app.sources import Clock, Ended, Outlet, Why
from app.sources.backoff import Budget
from app.sources.rechecks import EVERY
from app.sources.supervised import Supervised
from app.sources.x.network import X
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming

ONLY_X = Networks([X])


class Hours:
    """A clock that runs as fast as it is slept on. It stops after so much time."""

    def __init__(self, lasts: timedelta) -> None:
        self.at, self.end = NOON, NOON + lasts
        self.over = asyncio.Event()

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        if seconds == EVERY:  # the recheck, which keeps a time of its own
            await asyncio.Event().wait()
        self.at += timedelta(seconds=seconds)
        if self.at >= self.end:
            self.over.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0)

    @property
    def clock(self) -> Clock:
        return Clock(now=self.now, sleep=self.sleep, jitter=lambda: 0.0)


Run = Callable[[Outlet, int], Awaitable[None]]


class Scripted:
    """A source whose connections go as written down."""

    def __init__(self, run: Run) -> None:
        self._run, self.connected = run, 0

    async def run(self, outlet: Outlet, position: Position) -> None:
        self.connected += 1
        await self._run(outlet, self.connected)

    async def recheck(self, refs: dict[str, str]) -> list[Found]:
        return []


async def supervised(doors: Backchannel, source: Scripted, hours: Hours) -> Supervised:
    await doors.do(add_sources, 1, ONLY_X.keys, at=NOON)
    [assignment] = await doors.ask(assignments, ONLY_X)
    return Supervised(doors, X, assignment, source, clock=hours.clock, budget=Budget())


async def run_until_over(one: Supervised, hours: Hours) -> None:
    running = asyncio.create_task(one.run())
    over = asyncio.create_task(hours.over.wait())
    await asyncio.wait({running, over}, return_when=asyncio.FIRST_COMPLETED)
    running.cancel()
    over.cancel()
    await asyncio.wait({running})
    if not running.cancelled():
        running.result()


async def row(doors: Backchannel, event: Event) -> Source:
    return (await doors.ask(sources, event.id))[0]


async def test_an_afternoon_of_clean_closes_stays_within_the_budget(doors: Backchannel, event: Event) -> None:
    hours, at = Hours(timedelta(hours=4)), []

    async def close(outlet: Outlet, _: int) -> None:
        at.append(hours.now())
        await outlet.say(SourceState.LIVE, "Listening.")
        raise Ended(Why.CLOSED, "X closed the connection.")

    await run_until_over(await supervised(doors, Scripted(close), hours), hours)
    busiest = max(sum(start <= one < start + timedelta(minutes=15) for one in at) for start in at)
    assert len(at) > 200
    assert busiest <= 40


async def test_network_faults_of_an_hour_stay_within_the_budget_and_it_is_said(
    doors: Backchannel, event: Event
) -> None:
    hours, at = Hours(timedelta(hours=1)), []

    async def fail(_: Outlet, __: int) -> None:
        at.append(hours.now())
        raise Ended(Why.NETWORK, "X cannot be reached.")

    await run_until_over(await supervised(doors, Scripted(fail), hours), hours)
    assert max(sum(start <= one < start + timedelta(minutes=15) for one in at) for start in at) <= 40
    source = await row(doors, event)
    assert source.state is SourceState.WAITING
    assert source.detail.startswith("It has connected very often in the last minutes")


async def test_waiting_says_until_when_in_the_events_own_zone(doors: Backchannel, event: Event) -> None:
    hours = Hours(timedelta(minutes=1))

    async def limit(_: Outlet, __: int) -> None:
        raise Ended(Why.RATE_LIMITED, "X wants us to ask less often.", retry_at=NOON + timedelta(minutes=32))

    await run_until_over(await supervised(doors, Scripted(limit), hours), hours)
    source = await row(doors, event)
    # Noon UTC is one o'clock in a British summer; the wait is capped at a quarter of an hour.
    assert source.detail == "X wants us to ask less often. Waiting until 13:15."
    assert source.next_try_at == NOON + timedelta(seconds=901)


async def test_a_person_is_told_what_to_do_and_nothing_is_tried_any_more(doors: Backchannel, event: Event) -> None:
    async def refuse(_: Outlet, __: int) -> None:
        raise Ended(Why.AUTH, "Make a new token.")

    hours, source = Hours(timedelta(hours=5)), Scripted(refuse)
    await (await supervised(doors, source, hours)).run()
    assert (source.connected, hours.now()) == (1, NOON)
    told = await row(doors, event)
    assert (told.state, told.detail, told.next_try_at) == (SourceState.STOPPED, "Make a new token.", None)


async def test_a_post_that_cannot_be_stored_takes_no_other_with_it(doors: Backchannel, event: Event) -> None:
    async def bring(outlet: Outlet, _: int) -> None:
        cannot = incoming("No database has room for its version", ref="2", version=2**70)
        await outlet.store([incoming("One", ref="1"), cannot, incoming("Three", ref="3")], {"newest_id": "3"})
        raise Ended(Why.AUTH, "That is all.")

    await (await supervised(doors, Scripted(bring), Hours(timedelta(hours=1)))).run()
    assert list(await doors.ask(texts)) == ["One", "Three"]
    assert (await row(doors, event)).position == {"newest_id": "3"}


async def test_a_source_that_ends_without_a_reason_is_an_error(doors: Backchannel, event: Event) -> None:
    async def nothing(_: Outlet, __: int) -> None:
        return

    with pytest.raises(AssertionError, match="without a reason"):
        await (await supervised(doors, Scripted(nothing), Hours(timedelta(hours=1)))).run()


def texts(db: Session) -> Iterable[str]:
    return db.exec(select(Post.text).order_by(Post.ref)).all()


async def test_the_newest_event_gets_the_stream_and_one_set_to_asking_leaves_it(doors: Backchannel) -> None:
    made = [await doors.do(create_event, slug, name=slug, hashtags=["tag"], at=NOON) for slug in ("old", "new")]
    for one in made:
        await doors.do(add_sources, one.id, ONLY_X.keys, at=NOON)

    async def streaming() -> list[str]:
        found: list[Assignment] = await doors.ask(assignments, ONLY_X)
        return [assignment.slug for assignment in found if assignment.streams]

    assert await streaming() == ["new"]
    await doors.do(change_source, made[1].id, "x", enabled=True, options={"mode": "poll"}, at=NOON)
    assert await streaming() == ["old"]
