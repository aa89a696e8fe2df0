"""A reader of a Broadcast gets each message once and in order; who falls behind is closed and comes back."""

import asyncio
import json

import pytest

from app.live.broadcast import Broadcast, message
from app.live.subscription import LAGGING, Closed, Code, Subscription


def told(broadcast: Broadcast, reader: Subscription, *cursors: int) -> None:
    for cursor in cursors:
        broadcast.tell(message(cursor, str(cursor)))
        reader.wake()


async def test_a_reader_gets_its_messages_in_order() -> None:
    broadcast = Broadcast(1, "floor", 0)
    reader = Subscription(broadcast, None)
    told(broadcast, reader, 1, 2, 3)
    assert [(await reader.next()).text for _ in range(3)] == ["1", "2", "3"]


async def test_a_reader_that_does_not_read_is_closed_as_too_slow() -> None:
    broadcast = Broadcast(1, "floor", 0)
    reader = Subscription(broadcast, None)
    told(broadcast, reader, *range(1, LAGGING + 2))
    with pytest.raises(Closed) as closed:
        await reader.next()
    assert closed.value.code == Code.TOO_SLOW


async def test_what_was_rendered_before_the_first_message_never_comes_after_it() -> None:
    broadcast = Broadcast(1, "floor", 0)
    reader = Subscription(broadcast, None)
    told(broadcast, reader, 4, 6)
    reader.catch_up(message(5, "first"))
    assert [(await reader.next()).text for _ in range(2)] == ["first", "6"]


async def test_a_reader_that_waits_is_woken_by_a_message_and_by_its_end() -> None:
    broadcast = Broadcast(1, "floor", 0)
    reader = Subscription(broadcast, None)
    waiting = asyncio.create_task(reader.next())
    await asyncio.sleep(0)
    told(broadcast, reader, 1)
    assert (await waiting).cursor == 1
    waiting = asyncio.create_task(reader.next())
    await asyncio.sleep(0)
    reader.close(Code.REVOKED, "this link was revoked")
    with pytest.raises(Closed):
        await waiting


async def test_a_tick_tells_where_a_quiet_reader_stands() -> None:
    broadcast = Broadcast(1, "floor", 7)
    reader = Subscription(broadcast, None)
    broadcast.stand_at(9)
    reader.tick()
    told = json.loads((await reader.next()).text)
    assert told.keys() == {"tick", "now"}
    assert told["tick"] == 9
