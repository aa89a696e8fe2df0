"""What can go wrong, on command. `FAULTS` (in `fault_table.py`) names every case; here they are switched on."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .clock import Clock

ONCE = 1
FOREVER: None = None

# kind: how often it strikes unless told otherwise
LASTS: dict[str, int | None] = {
    # instead of an answer (`answers.py`)
    "http": ONCE,
    "hang": ONCE,
    "drop": ONCE,
    "redirect": ONCE,
    "canned": ONCE,
    # on an open stream (`stream.py`)
    "close": ONCE,
    "disconnect": ONCE,
    "reset": ONCE,
    "stall": ONCE,
    "truncate": ONCE,
    "cut": ONCE,
    "silence": FOREVER,
    "heartbeat": FOREVER,
    "line": ONCE,
    "gzip": FOREVER,
    "newline": FOREVER,
    "bytewise": FOREVER,
    "split_character": FOREVER,
    "together": ONCE,
    "shuffle": ONCE,
    "twice": ONCE,
    "slow_reader": FOREVER,
    "slot": FOREVER,
    # in the posts themselves (`damage.py`)
    "damage": ONCE,
    # of the whole server (`server.py`)
    "refuse": FOREVER,
    "gone": ONCE,
    "ipv6": FOREVER,
    "skew": FOREVER,
    "old_posts": FOREVER,
    "index_lag": FOREVER,
    "rule_delay": FOREVER,
    "burst": ONCE,
}


@dataclass
class Active:
    """A fault that is switched on: strikes `times` more times, after `after` posts, until `until`."""

    kind: str
    on: str
    settings: dict[str, Any]
    after: int = 0
    times: int | None = ONCE
    until: float | None = None
    passed: int = 0

    def aims_at(self, endpoint: str) -> bool:
        return self.on == "any" or endpoint.startswith(self.on)

    @property
    def ready(self) -> bool:
        return self.passed >= self.after

    @property
    def over(self) -> bool:
        return self.times == 0 or (self.until is not None and time.monotonic() >= self.until)


@dataclass
class Faults:
    clock: Clock
    active: list[Active] = field(default_factory=list)
    when_changed: list[Callable[[], None]] = field(default_factory=list)

    def add(
        self,
        kind: str,
        *,
        on: str = "stream",
        after: int = 0,
        times: int | None = -1,
        seconds: float | None = None,
        **settings: Any,
    ) -> Active:
        """Switch a fault on: for the next `times`, or for so many of X's seconds, or until cleared."""
        lasts = LASTS[kind] if times == -1 else times
        until = None if seconds is None else time.monotonic() + self.clock.real(seconds)
        fault = Active(kind, on, settings, after, FOREVER if seconds is not None and times == -1 else lasts, until)
        self.active.append(fault)
        self._changed()
        return fault

    def clear(self) -> None:
        self.active.clear()
        self._changed()

    def peek(self, endpoint: str, *kinds: str) -> Active | None:
        """The first fault of these kinds that is due here, without using it up."""
        self.active[:] = [fault for fault in self.active if not fault.over]
        due = (f for f in self.active if f.kind in kinds and f.aims_at(endpoint) and f.ready)
        return next(due, None)

    def take(self, endpoint: str, *kinds: str) -> Active | None:
        """The same, and it counts as one strike."""
        fault = self.peek(endpoint, *kinds)
        if fault is not None and fault.times is not None:
            fault.times -= 1
        return fault

    def count_post(self, endpoint: str) -> None:
        """One post went out: faults that wait for it come closer."""
        for fault in self.active:
            fault.passed += fault.aims_at(endpoint)

    def _changed(self) -> None:
        for hear in self.when_changed:
            hear()
