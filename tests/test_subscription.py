"""A reader's queue is bounded: who falls behind is closed and comes back with its cursor."""

import pytest

from app.live.subscription import QUEUE, TOO_SLOW, Closed, Message, Subscription


async def test_a_reader_gets_its_messages_in_order() -> None:
    reader = Subscription(1, "floor", None)
    for cursor in range(3):
        reader.offer(Message(cursor, str(cursor)))
    assert [(await reader.next()).text for _ in range(3)] == ["0", "1", "2"]


async def test_a_reader_that_does_not_read_is_closed_as_too_slow() -> None:
    reader = Subscription(1, "floor", None)
    for cursor in range(QUEUE + 1):
        reader.offer(Message(cursor, "words"))
    with pytest.raises(Closed) as closed:
        await reader.next()
    assert closed.value.code == TOO_SLOW


async def test_what_was_rendered_before_the_first_message_never_comes_after_it() -> None:
    reader = Subscription(1, "floor", None)
    reader.offer(Message(4, "older"))
    reader.offer(Message(6, "newer"))
    reader.skip_to(Message(5, "first"))
    assert [(await reader.next()).text for _ in range(2)] == ["first", "newer"]
