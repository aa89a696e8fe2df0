"""Of several processes one does what one does for all; who is gone is followed by another. On both stores."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from app.actions.arrivals import receive
from app.actions.leases import release_lease, take_lease
from app.actions.reader_findings import Finding, reader_came, reader_went, take_findings
from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.domain.lease import NOBODY, READING
from app.domain.post import Post
from app.queries.events import event_by_slug
from app.queries.leases import holder
from app.queries.posts import post_by_id
from app.store.doors import Backchannel
from tests.actions.test_reader_findings import found
from tests.conftest import NOON, incoming
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "store"]

LEASE = timedelta(seconds=6)
ROUNDS = 10


@pytest.fixture
async def two(store: str, doors: Backchannel) -> AsyncIterator[tuple[Backchannel, Backchannel]]:
    """Two processes of one installation."""
    other = Backchannel(store, MemoryBus())
    yield doors, other
    await other.close()


async def takes(door: Backchannel, name: str, at: datetime = NOON) -> bool:
    return await door.do(take_lease, READING, by=name, until=at + LEASE, at=at)


async def test_of_several_that_ask_at_once_one_has_it(two: tuple[Backchannel, Backchannel]) -> None:
    for number in range(ROUNDS):
        at = NOON + number * LEASE
        names = [f"{number}:{n}" for n in range(4)]
        taken = await asyncio.gather(*(takes(two[n % 2], name, at) for n, name in enumerate(names)))
        assert taken.count(True) == 1
        assert await two[0].ask(holder, READING, at=at) == names[taken.index(True)]


async def test_it_is_kept_let_go_and_lost(doors: Backchannel) -> None:
    assert await takes(doors, "here")
    assert not await takes(doors, "there", NOON + LEASE / 2)
    assert await takes(doors, "here", NOON + LEASE / 2)
    assert not await takes(doors, "there", NOON + LEASE)
    assert await takes(doors, "there", NOON + LEASE * 1.5)
    await doors.do(release_lease, READING, by="here")
    assert await doors.ask(holder, READING, at=NOON + LEASE * 2) == "there"
    await doors.do(release_lease, READING, by="there")
    assert await doors.ask(holder, READING, at=NOON + LEASE * 2) == NOBODY
    assert await takes(doors, "here", NOON + LEASE * 2)


async def test_one_that_a_wrong_clock_gave_keeps_nobody_out(doors: Backchannel) -> None:
    assert await takes(doors, "here", NOON + timedelta(hours=1))
    assert await doors.ask(holder, READING, at=NOON) == NOBODY
    assert await takes(doors, "there")


async def test_only_the_holder_says_whether_the_reader_is_there_and_what_it_found(
    doors: Backchannel, event: Event
) -> None:
    async def has_reader() -> bool:
        return (await doors.ask(event_by_slug, event.slug)).has_reader

    post_id = (await doors.do(receive, event.id, incoming(), at=NOON)).post_id
    finding = Finding(post_id, 0, found("abuse"))
    await takes(doors, "here")
    await doors.do(reader_came, event.id, by="there", at=NOON)
    assert not await has_reader()
    await doors.do(reader_came, event.id, by="here", at=NOON)
    for nobody in ("there", NOBODY):
        await doors.do(reader_went, event.id, by=nobody, at=NOON)
        assert await has_reader()
        assert await doors.do(take_findings, [finding], by=nobody, at=NOON) == 0
    assert await doors.do(take_findings, [finding], by="here", at=NOON) == 1
    await doors.do(reader_went, event.id, by=NOBODY, at=NOON + LEASE)
    assert not await has_reader()


async def test_what_was_found_is_taken_once(two: tuple[Backchannel, Backchannel], event: Event) -> None:
    await takes(two[0], "here")
    for number in range(ROUNDS):
        arrived = [
            await two[0].do(receive, event.id, incoming(f"Said {number} {n}", ref=f"{number}:{n}"), at=NOON)
            for n in range(3)
        ]
        finding = [Finding(one.post_id, 0, found("abuse")) for one in arrived]
        taken = await asyncio.gather(*(door.do(take_findings, finding, by="here", at=NOON) for door in two * 2))
        assert sum(taken) == len(finding)
        for one in arrived:
            post: Post = await two[0].ask(post_by_id, one.post_id)
            assert len({repr(signal) for signal in post.signals}) == len(post.signals)
