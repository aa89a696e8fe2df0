"""Where posts come from. A source is a file, a line in the table of `running.py`, one error type: `Ended`."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from app.actions.sources import Assignment, Found, Position
from app.domain.event import SourceState


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


class Ended(Exception):
    """A connection has ended. `sentence` tells the moderator why and what to do; it holds no secret."""

    def __init__(self, why: Why, sentence: str, *, retry_at: datetime | None = None) -> None:
        super().__init__(f"{why}: {sentence}")
        self.why, self.sentence, self.retry_at = why, sentence, retry_at


class Outlet(Protocol):
    """Where a source puts what it finds, and says how it is getting on."""

    async def store(self, found: Sequence[Found], position: Position | None = None) -> None:
        """Keep these; once they are on disk, `position` is where the next connection starts from."""

    async def say(self, state: SourceState, detail: str) -> None: ...

    async def heard(self) -> None:
        """The other side is alive, even if it has nothing to tell."""


class Source(Protocol):
    """One network, for one Event."""

    async def run(self, outlet: Outlet, position: Position) -> None:
        """Hold ONE connection as long as it lasts, then raise `Ended`; the supervisor sees to the rest."""

    async def recheck(self, refs: dict[str, str]) -> list[Found]:
        """What became of these posts (id of the version we know -> ref): withdrawals and newer versions."""


async def _sleep(seconds: float) -> None:
    await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the sources see it, so that a test can run an hour of waiting in a moment."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[None]] = _sleep
    jitter: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What sources need from the program's settings. The token is in no repr."""

    x_token: str = field(default="", repr=False)
    x_api_url: str = "https://api.x.com"
    x_spelling: str = "tweet"
    """How X's fields are spelled in requests: `tweet` or `post`. Answers are read in both spellings."""
    x_silence: float = 30.0
    """After so many seconds without a byte the stream is dead. X sends a heartbeat every 20."""


Make = Callable[[Assignment, SourceSettings, Clock], Source]
