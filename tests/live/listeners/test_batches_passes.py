"""When a pass begins, what it brings and how long it rests: by a loop whose clock stands still unless a send takes time."""

import heapq
import re
from collections.abc import Callable
from itertools import count, pairwise

import pytest

from app.live.broadcast import Broadcast, message
from app.live.counters import Counters
from app.live.listeners.batches import NEIGHBOURS, REST, SLICE, STORM, Batches, rest_after

A_SEND = 0.00001


class Loop:
    """Runs what is due in its order; time passes only by sends and by waiting."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    def call_soon(self, callback: Callable[[], None], /) -> None:
        self.call_later(0, callback)

    def call_later(self, delay: float, callback: Callable[[], None], /) -> None:
        heapq.heappush(self._due, (self.now + delay, next(self._numbers), callback))

    def run(self) -> None:
        while self._due:
            at, _, callback = heapq.heappop(self._due)
            self.now = max(self.now, at)
            callback()


class Phone:
    """Takes everything, and knows when what came: by the numbers of the messages, and how many writes brought them."""

    access_id = None
    closing = False
    batch = None
    slot = 0
    at = 0

    def __init__(self, loop: Loop) -> None:
        self.loop, self.heard, self.writes = loop, [], 0  # type: ignore[var-annotated]

    def send(self, data: bytes) -> int:
        self.loop.now += A_SEND
        self.writes += 1
        self.heard += [(number, self.loop.now) for number in re.findall(rb"#(\d+)\.", data)]
        return len(data)

    def write(self, data: bytes) -> bool:
        return self.send(data) == len(data)

    def keep(self, data: bytes, sent: int) -> None: ...
    def recovered(self) -> bool:
        return True

    def close(self, code: int, reason: str) -> None: ...


class Hall:
    def __init__(self, phones: int) -> None:
        self.loop, self.broadcast = Loop(), Broadcast(1, "floor", 0)
        self.batches = Batches(self.broadcast, Counters(), loop=self.loop, clock=lambda: self.loop.now)
        self.phones = [Phone(self.loop) for _ in range(phones)]
        self.told: dict[bytes, float] = {}
        for phone in self.phones:
            self.batches.follow(phone, 0)
        self.a_pass = phones * A_SEND

    def tell(self, number: int) -> None:
        self.told[b"%d" % number] = self.loop.now
        self.broadcast.tell(message(number, f"#{number}."))
        self.batches.told(0)

    def at(self, times: list[float]) -> None:
        """Messages at these moments, and until all is quiet."""
        for number, moment in enumerate(times, 1):
            self.loop.call_later(moment, lambda number=number: self.tell(number))  # type: ignore[misc]
        self.loop.run()

    def waits(self) -> list[float]:
        """How long each message was on its way to the last phone."""
        last: dict[bytes, float] = {}
        for phone in self.phones:
            for number, at in phone.heard:
                last[number] = max(at, last.get(number, 0))
        return [last[number] - told for number, told in self.told.items()]


def test_a_message_that_finds_the_loop_idle_leaves_at_once_however_long_the_last_pass_took() -> None:
    hall = Hall(20 * NEIGHBOURS)
    # Each comes when the one before has just arrived everywhere.
    hall.at([number * hall.a_pass * 1.01 for number in range(8)])
    assert hall.waits() == pytest.approx([hall.a_pass] * 8, rel=0.02)


def test_a_few_in_a_row_do_not_wait_for_a_storm() -> None:
    hall = Hall(20 * NEIGHBOURS)
    hall.at([0, hall.a_pass / 4, hall.a_pass / 2])
    assert max(hall.waits()) <= 2 * hall.a_pass
    # What came during the first pass left together.
    assert {phone.writes for phone in hall.phones} <= {1, 2}


def test_in_a_storm_what_piles_up_leaves_in_one_write_and_nothing_waits_longer_than_two_passes_and_a_rest() -> None:
    hall = Hall(20 * NEIGHBOURS)
    hall.at([number * hall.a_pass / 3 for number in range(100)])
    assert {phone.writes for phone in hall.phones} <= set(range(100 // 12, 100 // 5))
    assert max(hall.waits()) < (2.1 + REST) * hall.a_pass
    for phone in hall.phones:
        assert [number for number, _ in phone.heard] == [b"%d" % number for number in range(1, 101)]


def test_after_a_storm_it_is_calm_at_once() -> None:
    hall = Hall(20 * NEIGHBOURS)
    hall.at([*(number * hall.a_pass / 4 for number in range(60)), 30 * hall.a_pass, 40 * hall.a_pass])
    assert hall.waits()[-2:] == pytest.approx([hall.a_pass] * 2, rel=0.02)


def test_others_have_their_turn_while_a_pass_runs() -> None:
    hall, turns = Hall(20 * NEIGHBOURS), [0.0]

    def turn() -> None:
        turns.append(hall.loop.now)
        if len(turns) < 30:
            hall.loop.call_soon(turn)

    hall.loop.call_soon(turn)
    hall.at([0])
    assert max(after - before for before, after in pairwise(turns)) <= SLICE + NEIGHBOURS * A_SEND * 2


@pytest.mark.parametrize("took", [0.001, 0.1])
def test_rest_follows_from_how_long_it_has_been_behind(took: float) -> None:
    rests = [rest_after(took, behind) for behind in range(STORM + 4)]
    assert rests[:2] == [0, 0]
    assert rests == sorted(rests)
    assert rests[STORM:] == [REST * took] * 4
