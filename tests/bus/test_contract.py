"""One contract, every bus: bells, limits and presence in one process and in several."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from redis.exceptions import RedisError

from app.bus import Bus, open_bus
from app.bus.rate_limits import Allowance, Rate
from tests.servers import RedisServer

BUSES = ["memory", pytest.param("redis", marks=pytest.mark.redis)]


@pytest.fixture(params=BUSES)
async def open_one(request: pytest.FixtureRequest) -> AsyncIterator[Callable[[], Bus]]:
    """Opens a bus as a process would; with memory all of them are the same process."""
    url = "memory://" if request.param == "memory" else request.getfixturevalue("redis_url")
    opened: list[Bus] = []

    def one() -> Bus:
        if url == "memory://" and opened:
            return opened[0]
        opened.append(open_bus(url))
        return opened[-1]

    yield one
    for bus in opened:
        await bus.close()


async def hears(bus: Bus, event_id: int) -> None:
    async with asyncio.timeout(60):
        while await bus.next_bell() != event_id:
            pass


async def test_a_bell_is_heard_in_every_process(open_one: Callable[[], Bus]) -> None:
    here, there = open_one(), open_one()
    waiting = asyncio.create_task(hears(there, 7))
    async with asyncio.timeout(60):
        # A process that has just begun to listen may miss a bell; then it looks into the log anyway.
        while not waiting.done():
            await here.ring(7)
            await asyncio.sleep(0.05)
    if there is not here:
        await hears(here, 7)
    await waiting


async def test_bells_that_nobody_waits_for_merge(open_one: Callable[[], Bus]) -> None:
    bus = open_one()
    for _ in range(5):
        await bus.ring(3)
    await hears(bus, 3)
    waiting = asyncio.create_task(bus.next_bell())
    done, _ = await asyncio.wait({waiting}, timeout=0.3)
    assert not done
    waiting.cancel()


async def test_what_a_rate_allows_is_shared(open_one: Callable[[], Bus]) -> None:
    here, there = open_one(), open_one()
    rate = Rate(burst=3, per_minute=6)
    waits = [await bus.wait(Allowance("post", "jo", rate)) for bus in (here, there, here, there)]
    assert waits[:3] == [0, 0, 0]
    assert 9 < waits[3] <= 10
    assert await here.wait(Allowance("post", "ann", rate)) == 0


async def test_who_listens_is_added_up_over_the_processes(open_one: Callable[[], Bus]) -> None:
    here, there = open_one(), open_one()
    await here.tell_present("one", {"1/floor": 400, "1/wall": 1})
    await there.tell_present("two", {"1/floor": 30})
    await here.tell_present("one", {"1/floor": 410, "1/wall": 1})
    assert await there.present() == {"1/floor": 440, "1/wall": 1}


def test_a_bus_that_we_do_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="carrier pigeon"):
        open_bus("carrier pigeon://")


@pytest.mark.redis
async def test_without_redis_a_process_goes_on_by_itself_and_joins_again_when_it_is_back() -> None:
    server = RedisServer()
    server.start()
    here, there = open_bus(server.url), open_bus(server.url)
    rate = Rate(burst=1, per_minute=1)
    try:
        waiting = asyncio.create_task(hears(there, 1))
        while not waiting.done():
            await here.ring(1)
            await asyncio.sleep(0.05)
        server.stop()
        await here.ring(5)
        await hears(here, 5)
        assert await here.wait(Allowance("post", "jo", rate)) == 0
        assert await here.wait(Allowance("post", "jo", rate)) > 0
        await here.tell_present("one", {"1/floor": 2})
        assert await here.present() == {"1/floor": 2}
        with pytest.raises((OSError, RedisError)):
            await here.check()
        server.start()
        waiting = asyncio.create_task(hears(there, 6))
        async with asyncio.timeout(60):
            while not waiting.done():
                await here.ring(6)
                await asyncio.sleep(0.1)
    finally:
        for bus in (here, there):
            await bus.close()
        server.stop()
