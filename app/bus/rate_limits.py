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


@dataclass(frozen=True, slots=True)
class Allowance:
    """What somebody may do of one kind: `key` says who."""

    kind: str
    key: str
    rate: Rate


class Limits:
    """Token buckets, one for each key. `clock` gives seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def wait(self, *asked: Allowance) -> float:
        """Take one of each, if all allow it: then 0. Else take none, and give the seconds until all do."""
        now = self._clock()
        left = [self._left(one, now) for one in asked]
        waits = [(1 - still) * 60 / one.rate.per_minute for one, still in zip(asked, left, strict=True) if still < 1]
        for one, still in zip(asked, left, strict=True):
            self._buckets[one.kind, one.key] = (still if waits else still - 1, now)
        while len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)
        return max(waits, default=0.0)

    def _left(self, one: Allowance, now: float) -> float:
        left, since = self._buckets.pop((one.kind, one.key), (float(one.rate.burst), now))
        return min(float(one.rate.burst), left + (now - since) * one.rate.per_minute / 60)
