"""A day on which one thing after another goes wrong at a network: the desk is told of each, nothing is lost or doubled."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from app.actions.sources import add_sources, change_source, try_again
from app.domain.network import Limits, Network
from app.domain.post import Post
from app.domain.source import SourceState
from app.sources import Clock
from app.sources.rechecks import EVERY
from tests.sources.x.desk import SPEED, Desk, desk, faster

BROKEN = (SourceState.WAITING, SourceState.STOPPED)
CONNECTED = (SourceState.LIVE, SourceState.POLLING)
SOON, NEVER = 0.5, 600.0
"""Only what hangs is given up: a machine that is busy makes nothing look like it."""
LONGEST_WAIT = 20.0
"""Longer pauses are cut short, so that the day is short too."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong at the server, and what the desk must be told of it: '' for nothing at all."""

    name: str
    begins: Callable[[Any], object]
    said: str = ""
    stops: bool = False
    """Nobody but a person can mend it."""
    missed: int = 0
    """So many posts more are made before it is mended."""
    hangs: bool = False
    """It is noticed only by who has had enough of waiting."""

    def __str__(self) -> str:
        return self.name


@dataclass
class Day:
    """An event that listens to one network, whose server is `there`; `mend` makes it well again."""

    box10: Desk
    kind: str
    there: Any
    mend: Callable[[], object]
    wait_at_most: Callable[[float], object] = lambda _: None
    """How many seconds an answer is waited for."""
    said: list[str] = field(default_factory=list)

    async def goes_by(self, troubles: Sequence[Trouble]) -> None:
        for trouble in troubles:
            try:
                await self.survives(trouble)
            except TimeoutError:
                there = sorted(post.text for post in await self.box10.stored())
                told = self.box10.bus.told[-5:]
                raise AssertionError(f"{trouble}: {told}, and of {self.said} came {there}") from None

    async def survives(self, trouble: Trouble) -> None:
        box10 = self.box10
        await self.connected()
        seen = len(box10.bus.told)
        self.wait_at_most(SOON if trouble.hangs else NEVER)
        trouble.begins(self.there)
        self._posts(f"during: {trouble}")
        state = SourceState.STOPPED if trouble.stops else SourceState.WAITING
        if trouble.said:
            await box10.until(lambda: _told(box10, seen, state, trouble.said))
        for number in range(trouble.missed):
            self._posts(f"missed: {trouble} {number}")
        self.wait_at_most(NEVER)
        self.mend()
        if trouble.stops:
            await box10.doors.do(try_again, box10.event.id, self.kind, at=datetime.now(UTC))
        self._posts(f"after: {trouble}")
        await self._come()
        await self.connected()
        if not trouble.said:
            assert not [one for one in box10.bus.told[seen:] if one[0] in BROKEN], trouble

    async def _come(self) -> None:
        """All that was said; patience ends where nothing more comes, however many there are."""
        posts: list[Post] = []
        while not self._has_all(posts):
            posts = await self.box10.where(partial(_has_more, len(posts)))

    async def connected(self) -> None:
        await self.box10.until(lambda: self._state in CONNECTED)

    @property
    def _state(self) -> SourceState | None:
        return next((state for state in reversed(self.box10.told) if state is not SourceState.LOOKING_AFTER), None)

    def _posts(self, text: str) -> None:
        self.said.append(f"{text} #box10")
        self.there.post(self.said[-1])

    def _has_all(self, posts: list[Post]) -> bool:
        """Each once: a post that came under two names would stand here twice."""
        return sorted(post.text for post in posts) == sorted(self.said)


def _has_more(than: int, posts: list[Post]) -> bool:
    return len(posts) > than


def _told(box10: Desk, since: int, state: SourceState, said: str) -> bool:
    return any(told is state and said in str(detail) for told, detail in box10.bus.told[since:])


def fast() -> Clock:
    """A hundred times faster, and the time of day with it."""
    began = datetime.now(UTC)

    async def sleep(seconds: float) -> None:
        await faster(seconds if seconds == EVERY else min(seconds, LONGEST_WAIT))

    return Clock(
        now=lambda: began + timedelta(seconds=(datetime.now(UTC) - began).total_seconds() * SPEED),
        sleep=sleep,
        jitter=lambda: 0.0,
    )


@asynccontextmanager
async def a_day_with(
    folder: Path,
    network: Network[Any],
    there: Any,
    mend: Callable[[], object],
    wait_at_most: Callable[[float], object] = lambda _: None,
    **options: object,
) -> AsyncIterator[Day]:
    """Connections are not counted here: a day has many troubles."""
    wait_at_most(NEVER)
    there.now = (clock := fast()).now
    async with desk(folder) as box10:
        many = Limits(connections=10_000, window=timedelta(minutes=1), longest=timedelta(minutes=10))
        often = replace(network, limits=many)
        box10.others, at = (often,), datetime.now(UTC)
        await box10.doors.do(add_sources, box10.event.id, box10.networks.keys, at=at)
        await box10.doors.do(change_source, box10.event.id, "x", enabled=False, options={}, at=at)
        await box10.doors.do(change_source, box10.event.id, network.key, enabled=True, options=dict(options), at=at)
        box10.start(clock)
        await box10.until(lambda: any(state in CONNECTED for state, _ in box10.bus.told))
        there.post("before anything #box10")
        await box10.posts(1)
        yield Day(box10, network.key, there, mend, wait_at_most, ["before anything #box10"])
