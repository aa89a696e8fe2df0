"""Rate limits that are fair to a hall behind one address: strict for a device, wide for an address."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MAX_BUCKETS = 50_000
"""So many buckets are remembered; the one unused longest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_minute` in the long run."""

    burst: int
    per_minute: float


class Limits:
    """Token buckets, one for each key. `clock` gives seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def wait(self, kind: str, key: str, rate: Rate) -> float:
        """Take one; 0 if it is allowed, else the seconds until the next one is (and nothing is taken)."""
        now = self._clock()
        left, since = self._buckets.pop((kind, key), (float(rate.burst), now))
        left = min(float(rate.burst), left + (now - since) * rate.per_minute / 60)
        allowed = left >= 1
        self._buckets[(kind, key)] = (left - 1 if allowed else left, now)
        while len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) * 60 / rate.per_minute
