"""A reader that joins while the log is being read for others misses nothing."""

import asyncio
import threading
from typing import Any

import pytest

from app.actions.arrivals import receive
from app.actions.verdicts import Seen, approve, settle_many
from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.domain.network import Networks
from app.domain.verdict import Verdict
from app.live.feed import Feed
from app.queries.events import cursor_of
from app.sources.networks import NETWORKS
from app.store.doors import Backchannel
from app.views.floor import page as floor
from app.views.listings import Addresses
from app.views.parts import renderer
from app.views.static_files import FRONTEND, VersionedStatic
from app.views.templates import templates
from app.views.wall import page as wall
from tests.conftest import ASHA, NOON, incoming


@pytest.fixture
async def feed(doors: Backchannel) -> Feed:
    addresses = Addresses("http://127.0.0.1", "")
    views = {view.name: view for view in (wall.wall(addresses), floor.floor(addresses))}
    bus = doors._bus
    assert isinstance(bus, MemoryBus)
    return Feed(doors, bus, views, renderer(templates(VersionedStatic(FRONTEND / "static"), Networks(NETWORKS))))


async def arrives(doors: Backchannel, event: Event, number: int) -> int:
    post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"a{number}")
    return int((await doors.do(receive, event.id, post, at=NOON)).post_id)


async def shows(doors: Backchannel, event: Event, number: int) -> int:
    post_id = await arrives(doors, event, number)
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    return post_id


async def test_a_screen_joined_during_a_reading_is_told_what_that_reading_skipped(
    doors: Backchannel, event: Event, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = asyncio.create_task(feed.run())
    first = await feed.join(event.id, "floor", 0, access_id=None)
    await first.next()

    reading, go_on = threading.Event(), threading.Event()
    read = feed._read

    def slow_read(*args: Any, **kwargs: Any) -> Any:
        reading.set()
        go_on.wait(5)
        return read(*args, **kwargs)

    monkeypatch.setattr(feed, "_read", slow_read)
    await shows(doors, event, 1)
    await asyncio.to_thread(reading.wait, 5)
    late = await feed.join(event.id, "wall", 0, access_id=None)
    assert "number 1" in (await late.next()).text
    await shows(doors, event, 2)
    go_on.set()

    async with asyncio.timeout(60):
        while "number 2" not in (await late.next()).text:
            assert not running.done(), running.exception()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_many_verdicts_at_once_are_one_message(doors: Backchannel, event: Event, feed: Feed) -> None:
    ids = [await arrives(doors, event, number) for number in range(40)]
    running = asyncio.create_task(feed.run())
    screen = await feed.join(event.id, "wall", await doors.ask(cursor_of, event.id), access_id=None)
    chosen = [(post_id, Seen(Verdict.HELD, 0)) for post_id in ids]
    await doors.do(settle_many, event.id, chosen, Verdict.APPROVED, by=ASHA, at=NOON)
    async with asyncio.timeout(60):
        while 'id="post-' not in (told := await screen.next()).text.replace("\\", ""):
            assert not running.done(), running.exception()
    # All of them: it leads to where the log ends by now.
    assert told.cursor == await doors.ask(cursor_of, event.id)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
