"""All listeners of one screen in their batches, and the pass that brings a message to every one of them.

A message that finds nobody behind leaves at once, however long the last pass took. What comes while a pass runs leaves
after it, together, as separate frames of one write; only where pass after pass ends with more waiting than it began
with does the next one rest, so that more of them share a write. Calm costs no delay, a storm fewer writes. A pass works
in slices, so that requests and handshakes are not held up by ten thousand sockets.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from app.live.broadcast import Broadcast, tick
from app.live.counters import Counters
from app.live.listeners.batch import Batch, Listener
from app.live.subscription import SLOW, Code

BATCHES = 100
"""Listeners sit in so many batches: one batch gets its tick in each beat of the pulse, and a slice is some batches."""
NEIGHBOURS = 100
SLICE = 0.002
"""Seconds that a slice may hold the loop."""
REST = 2.0
"""So many times as long as a pass took the next one waits at most: what comes meanwhile leaves in one write."""
CATCHING_UP = 1
"""After so many passes that ended behind the next one begins at once: a few posts in a row are no storm."""
STORM = 4
"""After so many it rests as long as it may."""
STALLED = 8.0
"""Seconds that a listener may take none of what was written to it."""


def rest_after(took: float, behind: int) -> float:
    """How long to wait after a pass when so many in a row, it included, ended with messages that it had not brought."""
    share = (behind - CATCHING_UP) / (STORM - CATCHING_UP)
    return REST * took * min(1.0, max(0.0, share))


class Turns(Protocol):
    """What is needed of a loop."""

    def call_soon(self, callback: Callable[[], None], /) -> object: ...
    def call_later(self, delay: float, callback: Callable[[], None], /) -> object: ...


class Batches:
    """Everything here is called in the loop's thread."""

    def __init__(
        self,
        broadcast: Broadcast,
        figures: Counters,
        *,
        loop: Turns | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._broadcast = broadcast
        self._figures = figures
        self._loop = loop or asyncio.get_running_loop()
        self._clock = clock
        self._behind = 0
        self._batches = [Batch() for _ in range(BATCHES)]
        self._placed = 0
        # Those who stand elsewhere than their batch would: stalled since then, or (None) on their way to a slot.
        self._apart: dict[Listener, float | None] = {}
        self._next_batch: int | None = None
        self._resting = False
        self._began = self._measured = self._unmeasured = 0.0

    def __len__(self) -> int:
        return sum(map(len, self._batches)) + len(self._apart)

    def everybody(self) -> list[Listener]:
        return [*(listener for batch in self._batches for listener in batch.listeners), *self._apart]

    def follow(self, listener: Listener, number: int) -> None:
        """Take a listener in that needs this message next."""
        listener.at = number
        self._serve(listener)

    def part(self, listener: Listener) -> None:
        if listener.batch is not None:
            listener.batch.remove(listener)
        else:
            self._apart.pop(listener, None)

    def told(self, changed_at: float) -> None:
        """The Broadcast has a new message: begin a pass, unless one runs or rests."""
        self._unmeasured = self._unmeasured or changed_at
        if self._next_batch is None and not self._resting:
            self._begin()

    def beat(self, number: int, ping: bytes) -> list[Listener]:
        """A tick for one batch, if nothing was told to it since its last one, and `ping`; gives who sits there."""
        self._see_to_stalled()
        batch = self._batches[number]
        quiet, batch.quiet_since = batch.at == batch.quiet_since, batch.at
        data = (tick(self._broadcast.cursor).frame if quiet and batch.at == self._broadcast.end else b"") + ping
        sitting = list(batch.listeners)
        if data:
            for listener in sitting:
                if not listener.write(data) and listener.batch is batch:
                    batch.remove(listener)
                    self._apart[listener] = time.monotonic()
        return sitting

    def _begin(self) -> None:
        self._resting, self._next_batch = False, 0
        self._began = self._clock()
        self._measured, self._unmeasured = self._unmeasured, 0.0
        self._slice()

    def _slice(self) -> None:
        number = self._next_batch or 0
        until = self._clock() + SLICE
        while number < BATCHES:
            if self._batches[number].at != self._broadcast.end:
                self._give(self._batches[number])
            number += 1
            if self._clock() > until and number < BATCHES:
                self._next_batch = number
                self._loop.call_soon(self._slice)
                return
        self._finish()

    def _give(self, batch: Batch) -> None:
        number = max(batch.at, self._broadcast.start)
        if not len(batch) or number != batch.at:
            # Nobody sits here, or nobody looked after it for so long that they must all come back.
            batch.at = self._broadcast.end
            for listener in list(batch.listeners):
                self.cut_off(listener)
            return
        data, after = self._broadcast.merged(number)
        self._figures.writes += len(batch)
        self._figures.deliveries += len(batch) * (after - number)
        stalled, gone = batch.give(data, after)
        for listener in stalled:
            self._apart[listener] = time.monotonic()
        for listener in gone:
            self.cut_off(listener)

    def _finish(self) -> None:
        took = self._clock() - self._began
        self._next_batch = None
        if self._measured:
            self._figures.last_socket.note(max(0.0, time.time() - self._measured))
        for listener, since in list(self._apart.items()):
            if since is None:
                self._serve(listener)
        self._behind = self._behind + 1 if self._is_behind() else 0
        if self._behind:
            self._resting = True
            if rest := rest_after(took, self._behind):
                self._loop.call_later(rest, self._rested)
            else:
                self._loop.call_soon(self._rested)

    def _rested(self) -> None:
        self._resting = False
        if self._is_behind():
            self._begin()

    def _is_behind(self) -> bool:
        return any(batch.at != self._broadcast.end for batch in self._batches)

    def _serve(self, listener: Listener) -> None:
        """Give one listener all that it has not had, then a slot; until then it waits apart."""
        broadcast = self._broadcast
        while listener.at != broadcast.end and not listener.closing:
            if listener.at < broadcast.start:
                self._apart.pop(listener, None)
                self.cut_off(listener)
                return
            data, after = broadcast.merged(listener.at)
            self._figures.writes += 1
            self._figures.deliveries += after - listener.at
            listener.at = after
            if not listener.write(data):
                self._apart[listener] = time.monotonic()
                return
        self._sit(listener)

    def _sit(self, listener: Listener) -> None:
        if listener.closing:
            return
        # Neighbours in time sit together: the kernel keeps them together too, and a pass meets them in that order.
        batch = self._batches[self._placed // NEIGHBOURS % BATCHES]
        self._placed += 1
        if not len(batch):
            batch.at = listener.at
        if batch.at == listener.at:
            self._apart.pop(listener, None)
            batch.slot(listener)
        else:
            self._apart[listener] = None

    def _see_to_stalled(self) -> None:
        now = time.monotonic()
        for listener, since in list(self._apart.items()):
            if since is None or listener.recovered():
                self._serve(listener)
            elif now - since > STALLED:
                self.cut_off(listener)

    def cut_off(self, listener: Listener) -> None:
        """End a listener that is too far behind; it comes back with its cursor and is told all of it."""
        self._figures.cut_off += 1
        listener.close(Code.TOO_SLOW, SLOW)
