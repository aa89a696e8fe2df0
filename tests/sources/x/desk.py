"""X, a database and the running sources between them, with every state that the desk was told."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.actions.events import create_event
from app.actions.sources import add_sources, change_source
from app.domain.event import Event
from app.domain.network import Network, Networks
from app.domain.post import Post
from app.domain.source import Source, SourceState
from app.queries.sources import sources
from app.sources import Clock
from app.sources.running import run_sources
from app.sources.x.network import X
from app.sources.x.settings import XSettings
from app.sources.x.source import XSource
from app.store.doors import Backchannel
from app.store.sealing import Seal
from tests.databases import NAME, lay_down
from tests.networks import x_settings
from tests.x_server import XServer

SPEED = 100.0
PATIENCE = 60.0
SILENCE = 300 / SPEED
"""Longer than in earnest, so that a busy machine does not look like a silent X."""


async def faster(seconds: float) -> None:
    await asyncio.sleep(seconds / SPEED)


QUICK = Clock(sleep=faster, jitter=lambda: 0.0)
"""Waits a hundred times shorter; the time of day is the real one."""


patient_x = partial(XSource, silence=SILENCE)


NOTES = """
CREATE TABLE told (number INTEGER PRIMARY KEY, state, detail);
CREATE TRIGGER note AFTER UPDATE OF state, detail ON source
WHEN new.state IS NOT old.state OR new.detail IS NOT old.detail
BEGIN INSERT INTO told (state, detail) VALUES (new.state, new.detail); END;
"""


class Telling:
    """A bus that knows every state that the source was ever in, however shortly: the database itself notes them."""

    def __init__(self) -> None:
        self.told: list[tuple[SourceState, str]] = []
        self.changed = asyncio.Event()
        self.doors: Backchannel | None = None
        self._read = 0

    async def ring(self, _event_id: int) -> None:
        if self.doors is not None:
            for number, state, detail in await self.doors.ask(_noted, self._read):
                if number > self._read:  # rings may overlap
                    self._read = number
                    self.told.append((state, detail))
        self.changed.set()


@dataclass
class Desk:
    doors: Backchannel
    bus: Telling
    x: XServer
    event: Event
    settings: XSettings
    make: Callable[..., Any] = patient_x
    others: tuple[Network[Any], ...] = ()
    """Networks beside X."""
    seal: Seal = field(default_factory=lambda: Seal(lambda: "only-for-tests"))
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    running: "asyncio.Task[None] | None" = None

    @property
    def networks(self) -> Networks:
        """X, where it is here, and the others."""
        return Networks([replace(X, settings=lambda: self.settings, make=self.make), *self.others])

    def start(self, clock: Clock = QUICK) -> None:
        self.stop = asyncio.Event()
        self.running = asyncio.create_task(
            run_sources(self.doors, self.networks, self.stop, seal=self.seal, clock=clock)
        )

    async def finish(self) -> None:
        """Stop the sources; raises what they died of."""
        self.stop.set()
        if self.running is not None:
            running, self.running = self.running, None
            await running

    async def set(self, **options: object) -> None:
        """Set up how X is listened to."""
        await self.doors.do(change_source, self.event.id, "x", enabled=True, options=options, at=datetime.now(UTC))

    @property
    def told(self) -> list[SourceState]:
        return [state for state, _ in self.bus.told]

    def sentences(self, state: SourceState) -> list[str]:
        return [detail for told, detail in self.bus.told if told is state]

    async def until(self, true: Callable[[], object]) -> None:
        """Wait, from one change of the Event to the next, until this holds."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                self.bus.changed.clear()
                await self._change()

    async def state(self, *states: SourceState) -> None:
        """Wait until the source is in one of these states."""
        await self.until(lambda: self.bus.told and self.told[-1] in states)

    async def posts(self, count: int) -> list[Post]:
        """Wait until so many posts are stored."""
        return await self.where(lambda posts: len(posts) >= count)

    async def where(self, true: Callable[[list[Post]], object]) -> list[Post]:
        """Wait until the stored posts are so."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self.bus.changed.clear()  # before looking: a change while we look must not be missed
                if true(found := await self.stored()):
                    return found
                await self._change()

    async def stored(self) -> list[Post]:
        return await self.doors.ask(_stored, self.event.id)

    async def source(self) -> Source:
        return (await self.doors.ask(sources, self.event.id))[0]

    async def told_cost(self, true: Callable[[str], object]) -> None:
        """Wait until the meter says so."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self.bus.changed.clear()
                if true((await self.source()).cost):
                    return
                await self._change()

    async def _change(self) -> None:
        assert self.running is not None
        changed = asyncio.create_task(self.bus.changed.wait())
        await asyncio.wait({changed, self.running}, return_when=asyncio.FIRST_COMPLETED)
        changed.cancel()
        if self.running.done():
            running, self.running = self.running, None
            running.result()
            raise AssertionError("the sources stopped by themselves")


def _noted(db: Session, after: int) -> list[tuple[int, SourceState, str]]:
    columns = {"state": Source.__table__.c.state.type, "detail": Source.__table__.c.detail.type}  # type: ignore[attr-defined]
    notes = text("SELECT number, state, detail FROM told WHERE number > :after ORDER BY number").columns(**columns)
    return [(row.number, row.state, row.detail) for row in db.connection().execute(notes, {"after": after})]


def _stored(db: Session, event_id: int) -> list[Post]:
    return list(db.exec(select(Post).where(Post.event_id == event_id).order_by(col(Post.id))))


@asynccontextmanager
async def desk(tmp_path: Path, **server: object) -> AsyncIterator[Desk]:
    """An event `box10` with the hashtag #box10 on a fresh database, and an X of its own. Nothing runs yet."""
    url = lay_down(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as opened:
        opened.executescript(NOTES)
    bus = Telling()
    doors = bus.doors = Backchannel(url, bus)
    async with XServer(**{"speed": SPEED, **server}) as x:  # type: ignore[arg-type]
        event = await doors.do(create_event, "box10", name="Box 10", hashtags=["box10"], at=datetime.now(UTC))
        await doors.do(add_sources, event.id, [X.key], at=datetime.now(UTC))
        made = Desk(doors, bus, x, event, x_settings(x_bearer_token=x.token, x_api_url=x.url))
        try:
            yield made
        finally:
            await made.finish()
            await doors.close()
