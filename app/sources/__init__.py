"""Where posts come from: each network is one folder here, and one line in `networks.py`.

The folder's `__init__.py` makes the descriptor (`app/domain/network.py`) by which all the rest of the program knows the
network: its name and mark, its settings, the form of its options in setup, its limits, what `doctor` looks at, and how
a `Source` is made. A source has one error type, `Ended`; the supervisor sees to everything that comes after it. To
write a new one, copy the nearest; `tests/sources/invented/` is the smallest.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from app.domain.incoming import Became
from app.domain.recorded import Unreadable
from app.domain.source import SourceState
from app.queries.sources import Position

__all__ = ["Clock", "Ended", "Outlet", "Source", "Unreadable", "Why"]


class Why(StrEnum):
    """Why a connection came to its end; the table of `backoff.py` says what follows."""

    CLOSED = "closed"
    STALLED = "stalled"
    NETWORK = "network"
    HTTP = "http"
    PROTOCOL = "protocol"
    RATE_LIMITED = "rate_limited"
    TOO_MANY_CONNECTIONS = "too_many_connections"
    AUTH = "auth"
    NO_CREDIT = "no_credit"
    USAGE_CAP = "usage_cap"
    FORBIDDEN_PLAN = "forbidden_plan"
    BAD_RULES = "bad_rules"
    CAP = "cap"
    """What the organiser allows for a day is spent."""


class Ended(Exception):
    """A connection has ended. `sentence` tells the moderator why and what to do; it holds no secret."""

    def __init__(self, why: Why, sentence: str, *, retry_at: datetime | None = None) -> None:
        super().__init__(f"{why}: {sentence}")
        self.why, self.sentence, self.retry_at = why, sentence, retry_at


class Outlet(Protocol):
    """Where a source puts what it finds, and says how it is getting on."""

    async def store(self, found: Sequence[Became], position: Position | None = None) -> None:
        """Keep these; once they are on disk, `position` is where the next connection starts from."""

    async def say(self, state: SourceState, detail: str) -> None: ...

    async def may_go_on(self) -> None:
        """Look at the meter before more is asked for. Raises `Ended` where no more may be."""

    async def heard(self) -> None:
        """The other side is alive, even if it has nothing to tell."""


class Source(Protocol):
    """One network, for one Event."""

    async def run(self, outlet: Outlet, position: Position) -> None:
        """Hold ONE connection as long as it lasts, then raise `Ended`; the supervisor sees to the rest."""

    async def recheck(self, refs: dict[str, str]) -> list[Became]:
        """What became of these posts (id of the version we know -> ref): withdrawals, newer versions, and what the
        authors of all others are called now."""


async def _sleep(seconds: float) -> None:
    await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the sources see it, so that a test can run an hour of waiting in a moment."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[None]] = _sleep
    jitter: Callable[[], float] = random.random
