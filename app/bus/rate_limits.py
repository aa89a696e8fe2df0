"""Rate limits that are fair to a hall behind one address: strict for a device, wide for an address."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MAX_BUCKETS = 50_000
"""So many buckets are remembered at most; the one unused longest is forgotten first."""


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


@dataclass(frozen=True, slots=True)
class Bucket:
    """So much was left then."""

    left: float
    since: float
    rate: Rate

    def at(self, now: float) -> float:
        return min(float(self.rate.burst), self.left + (now - self.since) * self.rate.per_minute / 60)

    def is_full(self, now: float) -> bool:
        return self.at(now) >= self.rate.burst


class Limits:
    """Token buckets, one for each key. `clock` gives seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], Bucket] = OrderedDict()

    def wait(self, *asked: Allowance) -> float:
        """Take one of each, if all allow it: then 0. Else take none, and give the seconds until all do."""
        now = self._clock()
        left = [self._left(one, now) for one in asked]
        waits = [(1 - still) * 60 / one.rate.per_minute for one, still in zip(asked, left, strict=True) if still < 1]
        for one, still in zip(asked, left, strict=True):
            self._buckets[one.kind, one.key] = Bucket(still if waits else still - 1, now, one.rate)
        self._forget(now)
        return max(waits, default=0.0)

    def __len__(self) -> int:
        return len(self._buckets)

    def _left(self, one: Allowance, now: float) -> float:
        bucket = self._buckets.pop((one.kind, one.key), None)
        return float(one.rate.burst) if bucket is None else bucket.at(now)

    def _forget(self, now: float) -> None:
        """One that is full again is as good as none: a hall that has gone home leaves nothing behind."""
        while self._buckets:
            oldest = next(iter(self._buckets))
            if len(self._buckets) <= MAX_BUCKETS and not self._buckets[oldest].is_full(now):
                return
            del self._buckets[oldest]
