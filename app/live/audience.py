"""Everybody who follows one screen of one Event in this process, and how a message reaches them all.

A message leaves at once. While a pass over the listeners runs, and for as long again, further messages pile up and
leave together, as separate frames of one write: calm costs no delay, a storm fewer writes. A pass works in slices, so
that requests and handshakes are not held up by ten thousand sockets.
"""

import asyncio
import os
import time
from collections.abc import Iterable
from typing import Protocol

from app.live.broadcast import Broadcast, Message, framed, tick
from app.live.figures import Figures
from app.live.subscription import SLOW, Code, Subscription

BEATS = 100
"""Listeners are spread over so many sets: one set gets its tick in each beat, and a slice is some sets."""
SLICE = 0.002
"""Seconds that a slice may hold the loop."""
STALLED = 8.0
"""Seconds that a listener may take none of what was written to it."""


class Listener(Protocol):
    """A socket that only listens. `write` gives False when it did not take all; `keep` is for who writes himself."""

    at: int
    """Number of the message that it needs next."""
    descriptor: int
    """Where to write; negative while what it did not take at once still waits, and when it is closing."""
    access_id: int | None

    def write(self, data: bytes) -> bool: ...
    def keep(self, data: bytes, sent: int) -> None: ...
    def recovered(self) -> bool: ...
    def close(self, code: int, reason: str) -> None: ...


class Audience:
    """Holds the readers of a Broadcast; `told` and `stand_at` are called in the loop's thread."""

    def __init__(self, broadcast: Broadcast, figures: Figures) -> None:
        self.broadcast = broadcast
        self._figures = figures
        self._loop = asyncio.get_running_loop()
        self._sets: list[set[Listener]] = [set() for _ in range(BEATS)]
        self._ended_at = [0] * BEATS
        self._stalled: dict[Listener, float] = {}
        self._ahead: list[tuple[int, Listener]] = []
        self._subscriptions: set[Subscription] = set()
        self._joined = 0
        self._next_set: int | None = None
        self._resting = self._again = False
        self._began = self._measured = self._unmeasured = 0.0
        self._first_end = 0
        self.left_at = time.monotonic()
        """When the last reader left, by the monotonic clock."""

    def __len__(self) -> int:
        return sum(map(len, self._sets)) + len(self._subscriptions) + len(self._ahead)

    def subscribe(self, subscription: Subscription) -> None:
        self._subscriptions.add(subscription)
        self._figures.joined += 1

    def leave(self, subscription: Subscription) -> None:
        self._subscriptions.discard(subscription)
        self.left_at = time.monotonic()

    def join(self, listener: Listener, number: int) -> None:
        """Follow from a message of the Broadcast on, what is there already at once."""
        listener.at = number
        self._sets[self._joined % BEATS].add(listener)
        self._joined += 1
        self._figures.joined += 1
        if number != self.broadcast.end:
            self._deliver_to([listener])
            if listener.at != self.broadcast.end:
                self._soon()

    def join_from(self, listener: Listener, cursor: int) -> None:
        """Follow from a cursor that this process may not have read up to yet."""
        number = self.broadcast.place(cursor)
        if number is not None:
            self.join(listener, number)
        elif cursor > self.broadcast.cursor:
            self._ahead.append((cursor, listener))
        else:
            listener.close(Code.TOO_SLOW, SLOW)

    def part(self, listener: Listener) -> None:
        """A listener is gone."""
        for some in self._sets:
            if listener in some:
                some.discard(listener)
                break
        else:
            self._ahead = [(cursor, other) for cursor, other in self._ahead if other is not listener]
        self._stalled.pop(listener, None)
        self.left_at = time.monotonic()

    def told(self, message: Message) -> None:
        self.broadcast.tell(message)
        self._unmeasured = self._unmeasured or message.born
        self._bring_in()
        for subscription in list(self._subscriptions):
            subscription.wake()
        self._soon()

    def stand_at(self, cursor: int) -> None:
        self.broadcast.stand_at(cursor)
        self._bring_in()

    def close(self, code: int, reason: str, among: frozenset[int] | None = None) -> None:
        """Close all readers, or only those that came by one of these links."""
        for subscription in list(self._subscriptions):
            if among is None or subscription.access_id in among:
                subscription.close(code, reason)
        for listener in self._everybody():
            if among is None or listener.access_id in among:
                listener.close(code, reason)

    def access_ids(self) -> frozenset[int]:
        found = {one.access_id for one in self._subscriptions} | {one.access_id for one in self._everybody()}
        return frozenset(access_id for access_id in found if access_id is not None)

    def tick_subscriptions(self) -> None:
        for subscription in self._subscriptions:
            subscription.tick()

    def beat(self, number: int, ping: bytes) -> list[Listener]:
        """A tick, where nothing was told since the last one, and `ping` for one set; gives those who are in it."""
        self._look_after_stalled()
        some = self._sets[number]
        if not some:
            return []
        quiet, self._ended_at[number] = self._ended_at[number], self.broadcast.end
        end = self.broadcast.end
        data = (framed(tick(self.broadcast.cursor).text) if quiet == end else b"") + ping
        if data:
            for listener in list(some):
                if listener.at == end and listener.descriptor >= 0 and not listener.write(data):
                    self._stalled[listener] = time.monotonic()
        return list(some)

    def _everybody(self) -> list[Listener]:
        return [listener for some in self._sets for listener in some] + [one for _, one in self._ahead]

    def _bring_in(self) -> None:
        if self._ahead:
            ahead, self._ahead = self._ahead, []
            for cursor, listener in ahead:
                self.join_from(listener, cursor)

    def _soon(self) -> None:
        """Begin a pass, unless one runs or rests."""
        if self._next_set is None and not self._resting:
            self._begin()

    def _begin(self) -> None:
        self._resting, self._next_set, self._again = False, 0, False
        self._began, self._first_end = time.perf_counter(), self.broadcast.end
        self._measured, self._unmeasured = self._unmeasured, 0.0
        self._slice()

    def _slice(self) -> None:
        number = self._next_set or 0
        until = time.perf_counter() + SLICE
        while number < BEATS:
            if self._sets[number]:
                self._deliver_to(self._sets[number])
            number += 1
            if time.perf_counter() > until and number < BEATS:
                self._next_set = number
                self._loop.call_soon(self._slice)
                return
        self._finish()

    def _deliver_to(self, some: Iterable[Listener]) -> None:
        """Give each what it has not had. Nearly all stand at the same place: for them this is one system call."""
        broadcast, write = self.broadcast, os.write
        end, start = broadcast.end, broadcast.start
        at = after = -1
        data = b""
        size = writes = deliveries = 0
        lost: list[Listener] = []
        for listener in some:
            descriptor = listener.descriptor
            if listener.at == end or descriptor < 0:
                continue
            if listener.at != at:
                if listener.at < start:
                    lost.append(listener)
                    continue
                at = listener.at
                data, after = broadcast.merged(at)
                size = len(data)
                self._again = self._again or after != end
            try:
                sent = write(descriptor, data)
            except BlockingIOError:
                sent = 0
            except OSError:
                lost.append(listener)
                continue
            listener.at = after
            writes += 1
            deliveries += after - at
            if sent != size:
                listener.keep(data, sent)
                self._stalled[listener] = time.monotonic()
        self._figures.writes += writes
        self._figures.deliveries += deliveries
        for listener in lost:
            self._cut_off(listener)

    def _finish(self) -> None:
        took = time.perf_counter() - self._began
        self._next_set = None
        self._again = self._again or self.broadcast.end != self._first_end
        if self._measured:
            self._figures.last_socket.note(max(0.0, time.time() - self._measured))
        if self._again or took > SLICE:
            self._resting = True
            self._loop.call_later(took, self._rested)

    def _rested(self) -> None:
        self._resting = False
        if self._again or self.broadcast.end != self._first_end:
            self._begin()

    def _look_after_stalled(self) -> None:
        now = time.monotonic()
        for listener, since in list(self._stalled.items()):
            if listener.recovered():
                del self._stalled[listener]
                self._deliver_to([listener])
                if listener.at != self.broadcast.end:
                    self._again = True
                    self._soon()
            elif now - since > STALLED:
                self._cut_off(listener)

    def _cut_off(self, listener: Listener) -> None:
        self._figures.cut_off += 1
        listener.close(Code.TOO_SLOW, SLOW)
