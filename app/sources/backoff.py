"""How long to wait after a connection has ended: pure, by the reason of its end."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from app.domain.network import USUAL, Limits
from app.sources import Ended, Why

HEALTHY = 60.0
"""A connection that lived so many seconds was a good one: what failed before it is forgotten."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The waits after one failure, two, three …: `first`, then growing by `step` or doubling, up to `cap`."""

    first: float
    cap: float
    step: float | None = None

    def after(self, failures: int) -> float:
        if self.step is not None:
            return min(self.first + self.step * (failures - 1), self.cap)
        return min(self.first * 2.0 ** min(failures - 1, 30), self.cap)


WAITS = {
    Why.CLOSED: Steps(first=2, cap=60),
    Why.STALLED: Steps(first=2, cap=60),
    Why.NETWORK: Steps(first=0.25, step=0.25, cap=16),
    Why.HTTP: Steps(first=5, cap=320),
    Why.PROTOCOL: Steps(first=5, cap=320),
    Why.RATE_LIMITED: Steps(first=60, cap=900),
    Why.TOO_MANY_CONNECTIONS: Steps(first=30, cap=240),
}
"""Who is not in here is not tried again: a person has to do something first."""
COME_BACK_AFTER = {Why.CLOSED: 1.0, Why.STALLED: 1.0}
"""After a good connection who was cut off comes straight back."""


class Backoff:
    """Counts failures and says how long to wait after each."""

    def __init__(self, limits: Limits = USUAL) -> None:
        self._longest = limits.longest
        self._failures: dict[Why, int] = {}

    def after(self, ended: Ended, *, lived: float, at: datetime, jitter: float) -> float | None:
        """Seconds until the next try, None to stop. `lived`: seconds it was connected; `jitter`: 0 to 1."""
        steps = WAITS.get(ended.why)
        if steps is None:
            return None
        good = lived >= HEALTHY
        if good:
            self._failures.clear()
        failures = self._failures[ended.why] = self._failures.get(ended.why, 0) + 1
        if ended.retry_at is not None:
            # Never early, and never later than the network's limits last.
            until_reset = min(ended.retry_at - at, self._longest).total_seconds() + 1
            return max(until_reset, 1.0) if failures == 1 else max(until_reset, 5.0 * min(failures, 12))
        if good and ended.why in COME_BACK_AFTER:
            return COME_BACK_AFTER[ended.why]
        return steps.after(failures) * (1 + 0.25 * jitter)


class Budget:
    """The connections that a network allows, counted over all events."""

    def __init__(self, limits: Limits = USUAL) -> None:
        self._most, self._window = limits.connections, limits.window
        self._spent: deque[datetime] = deque(maxlen=limits.connections)

    def wait(self, at: datetime) -> float:
        """Seconds until another connection may be made; 0 if now."""
        if len(self._spent) < self._most:
            return 0.0
        return max(0.0, (self._spent[0] + self._window - at).total_seconds())

    def spend(self, at: datetime) -> None:
        self._spent.append(at)
