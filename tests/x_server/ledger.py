"""What reading costs: a price per resource, charged once per resource and UTC day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .clock import Clock
from .problems import Refused, no_credit, usage_capped

PRICES = {"post": 0.005, "user": 0.010}
MONTHLY_POSTS = 3_000_000


@dataclass
class Ledger:
    clock: Clock
    credit: float | None = None
    when_empty: Literal[402, 429] = 402
    posts_by_day: dict[date, set[str]] = field(default_factory=lambda: defaultdict(set))
    users_by_day: dict[date, set[str]] = field(default_factory=lambda: defaultdict(set))

    def require_credit(self) -> None:
        if self.credit is not None and self.credit <= 0:
            raise Refused(self.when_empty, no_credit() if self.when_empty == 402 else usage_capped())

    def charge_posts(self, ids: Iterable[str]) -> None:
        self._charge("post", self.posts_by_day, ids)

    def charge_users(self, ids: Iterable[str]) -> None:
        self._charge("user", self.users_by_day, ids)

    @property
    def spent(self) -> float:
        posts = sum(len(ids) for ids in self.posts_by_day.values())
        users = sum(len(ids) for ids in self.users_by_day.values())
        return round(posts * PRICES["post"] + users * PRICES["user"], 3)

    def _charge(self, kind: str, by_day: dict[date, set[str]], ids: Iterable[str]) -> None:
        today = by_day[self.clock.now().date()]
        fresh = set(ids) - today
        today |= fresh
        if self.credit is not None:
            self.credit = max(0.0, round(self.credit - len(fresh) * PRICES[kind], 6))
