"""A Broadcast keeps the newest messages of a screen; whoever reads by position gets each once and in order."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.audience import Audience
from app.live.broadcast import KEPT_BYTES, MESSAGES_KEPT, TOGETHER, Broadcast, framed, message, tick
from app.live.counters import Counters
from app.live.listeners.batch import Batch
from app.live.subscription import Code
from tests.until import until


def broadcast(*cursors: int, since: int = 0) -> Broadcast:
    made = Broadcast(1, "floor", since)
    for cursor in cursors:
        made.tell(message(cursor, f'{{"cursor": {cursor}}}'))
    return made


@given(
    steps=st.lists(st.tuples(st.booleans(), st.integers(1, 4)), max_size=60),
    after=st.integers(-3, 250),
)
def test_a_reader_is_given_exactly_the_messages_after_its_cursor_or_is_sent_to_the_database(
    steps: list[tuple[bool, int]], after: int
) -> None:
    made = Broadcast(1, "floor", 5)
    told: list[int] = []
    cursor = 5
    for tells, further in steps:
        cursor += further
        if tells:
            made.tell(message(cursor, str(cursor)))
            told.append(cursor)
        else:
            made.stand_at(cursor)
    number = made.place(after)
    if not 5 <= after <= cursor:
        assert number is None
    else:
        assert number is not None
        assert [made.get(one).cursor for one in range(number, made.end)] == [one for one in told if one > after]


@given(sizes=st.lists(st.integers(1, 12_000), min_size=1, max_size=30), start=st.integers(0, 29))
def test_what_is_merged_is_what_would_be_written_one_by_one(sizes: list[int], start: int) -> None:
    made = Broadcast(1, "floor", 0)
    for number, size in enumerate(sizes, 1):
        made.tell(message(number, "x" * size))
    at = min(start, made.end - 1)
    data, frames = b"", [framed("x" * size) for size in sizes[at:]]
    while at < made.end:
        merged, after = made.merged(at)
        assert after > at
        assert len(merged) <= TOGETHER or after == at + 1
        data, at = data + merged, after
    assert data == b"".join(frames)


def test_memory_is_bounded_by_number_and_by_size() -> None:
    made = broadcast(*range(1, MESSAGES_KEPT + 100))
    assert made.end - made.start == MESSAGES_KEPT
    assert made.place(50) is None
    assert made.place(99) == made.start
    big = Broadcast(1, "floor", 0)
    for cursor in range(1, 100):
        big.tell(message(cursor, "x" * (KEPT_BYTES // 10)))
    assert sum(len(big.get(number).frame) for number in range(big.start, big.end)) <= KEPT_BYTES


def test_a_reader_one_cursor_before_the_oldest_that_is_kept_is_sent_to_the_database() -> None:
    made = broadcast(*range(1, MESSAGES_KEPT + 2))
    assert made.get(made.start).cursor == 2
    # The first message has just been forgotten: who stands before it would miss it, who stands at it would not.
    assert (made.place(0), made.place(1)) == (None, made.start)


def test_what_could_not_be_told_is_nobodys_to_read_from_memory() -> None:
    made = broadcast(1, 2, 3)
    made.skip_to(4)
    assert [made.place(after) for after in (1, 3, 4)] == [None, None, made.end]


class Ear:
    """A listener in memory: takes so many bytes at a time, and may be gone."""

    def __init__(self) -> None:
        self.at = 0
        self.batch: Batch | None = None
        self.slot = 0
        self.closing = False
        self.access_id: int | None = None
        self.heard = b""
        self.waits = b""
        self.room = 10**9
        self.code: int | None = None

    def send(self, data: bytes) -> int:
        if self.room == 0:
            raise BlockingIOError
        took = data[: self.room]
        self.room -= len(took)
        self.heard += took
        return len(took)

    def write(self, data: bytes) -> bool:
        if self.waits:
            self.waits += data
            return False
        try:
            sent = self.send(data)
        except BlockingIOError:
            sent = 0
        if sent < len(data):
            self.keep(data, sent)
        return sent == len(data)

    def keep(self, data: bytes, sent: int) -> None:
        self.waits += bytes(data[sent:])

    def recovered(self) -> bool:
        if self.waits and self.room:
            took, self.waits = self.waits[: self.room], self.waits[self.room :]
            self.heard += took
            self.room -= len(took)
        return not self.waits

    def close(self, code: int, reason: str) -> None:
        del reason
        self.code, self.closing = code, True


async def settle(audience: Audience) -> None:
    # Beats of batches where nobody sits: nobody gets a tick, but those who stalled are looked after.
    for beat in range(50, 62):
        audience.beat(beat, b"")
        await asyncio.sleep(0.005)


def words(*cursors: int) -> bytes:
    return b"".join(message(cursor, f'{{"cursor": {cursor}}}').frame for cursor in cursors)


async def test_everybody_hears_everything_once_and_in_order_however_they_come_and_stall() -> None:
    made = broadcast(1, 2, 3)
    audience = Audience(made, Counters())
    early, late, lazy = Ear(), Ear(), Ear()
    lazy.room = 30
    audience.join(early, 0)
    audience.join(lazy, 0)
    audience.told(message(4, '{"cursor": 4}'))
    audience.join(late, 2)
    for cursor in range(5, 40):
        audience.told(message(cursor, f'{{"cursor": {cursor}}}'))
        if cursor % 7 == 0:
            await asyncio.sleep(0.01)
    await settle(audience)
    assert early.heard == words(*range(1, 40))
    assert late.heard == words(*range(3, 40))
    assert lazy.heard == words(1, 2, 3)[:30]
    lazy.room = 10**9
    await settle(audience)
    assert lazy.heard == words(*range(1, 40))
    audience.told(message(40, '{"cursor": 40}'))
    await settle(audience)
    assert {ear.heard for ear in (early, lazy)} == {words(*range(1, 41))}
    assert len(audience) == 3


async def test_one_that_stays_stalled_is_cut_off_and_the_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.live.listeners import batches

    monkeypatch.setattr(batches, "STALLED", 0.05)
    made = broadcast(1)
    audience = Audience(made, Counters())
    well, stuck = Ear(), Ear()
    stuck.room = 0
    audience.join(well, 0)
    audience.join(stuck, 0)
    await settle(audience)

    async def cut_off() -> bool:
        await settle(audience)
        return stuck.closing

    await until(cut_off)
    assert stuck.code == Code.TOO_SLOW
    assert well.code is None
    assert well.heard == words(1)


async def test_one_that_comes_with_a_newer_page_waits_until_the_log_is_read_so_far() -> None:
    made = broadcast(1)
    audience = Audience(made, Counters())
    ahead = Ear()
    audience.join_from(ahead, 3)
    audience.told(message(2, '{"cursor": 2}'))
    audience.told(message(3, '{"cursor": 3}'))
    audience.told(message(4, '{"cursor": 4}'))
    await settle(audience)
    assert ahead.heard == words(4)


async def test_a_link_that_is_revoked_ends_those_who_came_by_it_and_nobody_else() -> None:
    audience = Audience(broadcast(), Counters())
    ears = [Ear() for _ in range(6)]
    for number, ear in enumerate(ears):
        ear.access_id = number % 3
        audience.join(ear, 0)
    assert audience.access_ids() == frozenset({0, 1, 2})
    audience.close(Code.REVOKED, "revoked", frozenset({1}))
    assert [ear.code for ear in ears] == [None, Code.REVOKED, None, None, Code.REVOKED, None]
    for ear in ears[1::3]:
        audience.part(ear)
    assert audience.access_ids() == frozenset({0, 2})


async def test_a_quiet_row_gets_a_tick_and_a_busy_one_does_not() -> None:
    made = broadcast()
    audience = Audience(made, Counters())
    ear = Ear()
    audience.join(ear, 0)
    for _ in range(2):
        audience.beat(0, b"")
    ticks = ear.heard
    assert tick(0).frame in ticks
    audience.told(message(1, '{"cursor": 1}'))
    audience.beat(0, b"")
    assert ear.heard == ticks + words(1)
