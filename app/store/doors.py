"""The two doors to the database: `do` an action, `ask` a query. No other file opens a session.

SQLite gets one writer thread and `BEGIN IMMEDIATE`, so writers queue here, in order, instead of failing with
"database is locked"; readers run beside it (WAL). PostgreSQL gets a small pool for both.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy.exc import IntegrityError, InterfaceError, NoResultFound, OperationalError
from sqlmodel import Session

from app.store.engines import (
    BEYOND,
    READERS,
    WRITERS,
    is_away,
    is_sqlite,
    mark_in_use,
    needs_what_is_gone,
    open_engines,
    was_asked_to_write,
)
from app.store.file_sweep import sweep
from app.store.writers import MAX_WRITES_WAITING, Call, Unreachable, Writers

__all__ = ["Backchannel", "Busy", "Ring", "Unreachable", "Unstorable"]

P = ParamSpec("P")
T = TypeVar("T")

BELLS = "bells"
"""Key in `Session.info` under which verbs note the Events that changed; `actions/change_log.py` has the same."""
SOON = "soon"
"""And the verbs that are to run a little later, once however often they were noted."""

SOON_SECONDS = 0.25
"""Seconds after which a verb that was noted for later runs."""

Later = dict[tuple[Callable[..., Any], int], Any]


class Busy(Exception):
    """Too much is waiting to be written; nothing was stored. Try again in a moment."""


class Unstorable(Exception):
    """A value is beyond what a column can hold; nothing was stored."""


class Ring(Protocol):
    """Part of the bus that the doors need: say that something changed in an Event."""

    async def ring(self, event_id: int) -> None: ...


class Backchannel:
    """Runs actions and queries in threads and rings the bell after each commit."""

    def __init__(self, database_url: str, bus: Ring) -> None:
        self._bus = bus
        self._in_use = mark_in_use(database_url)
        self.write_engine, self.read_engine = open_engines(database_url)
        self.writers = Writers(self.write_engine, 1 if is_sqlite(database_url) else WRITERS)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._to_ring: set[int] = set()
        self._rings: dict[int, asyncio.Task[None]] = {}
        self._later: dict[tuple[Callable[..., Any], int], asyncio.Task[None]] = {}
        self.pending = 0
        self.read_seconds = 0.0
        self.reads = 0

    async def do(self, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one verb in one transaction; when it has returned, its effect is on disk.

        Raises `Busy` when too many wait, `Unreachable` when the database does not answer, `Unstorable` for what it
        cannot hold, `NoResultFound` for what belongs to a row that is gone, and whatever the verb raises (then nothing
        was stored).
        """
        if self.pending >= MAX_WRITES_WAITING:
            raise Busy
        self.pending += 1
        loop = asyncio.get_running_loop()
        done: asyncio.Future[tuple[T, dict[str, Any]]] = loop.create_future()
        # A callback and not this coroutine: a client that hangs up must not stop the bell of what was committed.
        done.add_done_callback(self._after)
        self.writers.submit(Call(action, args, kwargs, loop, done))
        try:
            result, _ = await asyncio.shield(done)
        except BEYOND as error:
            raise Unstorable(str(error)) from error
        except IntegrityError as error:
            if not needs_what_is_gone(error):
                raise
            raise NoResultFound(str(error)) from error
        return result

    async def ask(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one query on a consistent snapshot; nothing it does is stored. Raises `Unreachable` and `Unstorable`."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._read, query, args, kwargs)

    async def sweep(self) -> bool:
        """See to it that nothing of what was deleted is left in the database's file. False if that has to wait."""
        return await asyncio.to_thread(sweep, self.write_engine)

    async def close(self) -> None:
        """Let what was begun finish, then let go of the database."""
        for task in list(self._later.values()):
            task.cancel()
        await asyncio.to_thread(self.writers.close)
        await asyncio.to_thread(self._readers.shutdown)
        # What the writers told last is settled in this loop's next round.
        await asyncio.sleep(0)
        await asyncio.gather(*self._rings.values(), *self._later.values(), return_exceptions=True)
        self.write_engine.dispose()
        self.read_engine.dispose()
        if self._in_use is not None:
            self._in_use.close()

    def _after(self, done: "asyncio.Future[tuple[Any, dict[str, Any]]]") -> None:
        self.pending -= 1
        if done.cancelled() or done.exception() is not None:
            return
        info = done.result()[1]
        for event_id in sorted(info.get(BELLS, ())):
            self._ring(event_id)
        for (verb, event_id), at in info.get(SOON, {}).items():
            self._do_soon(verb, event_id, at)

    def _ring(self, event_id: int) -> None:
        """One bell at a time for an Event; commits while it rings share the next one."""
        self._to_ring.add(event_id)
        if event_id not in self._rings:
            self._rings[event_id] = asyncio.get_running_loop().create_task(self._keep_ringing(event_id))

    async def _keep_ringing(self, event_id: int) -> None:
        try:
            while event_id in self._to_ring:
                self._to_ring.discard(event_id)
                await self._bus.ring(event_id)
        finally:
            del self._rings[event_id]

    def _do_soon(self, verb: Callable[..., Any], event_id: int, at: Any) -> None:
        async def wait_and_do() -> None:
            await asyncio.sleep(SOON_SECONDS)
            del self._later[(verb, event_id)]
            await self.do(verb, event_id, at=at)

        if (verb, event_id) not in self._later:
            task = asyncio.get_running_loop().create_task(wait_and_do())
            self._later[(verb, event_id)] = task
            task.add_done_callback(_forget)

    def _read(self, query: Any, args: Any, kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            with Session(self.read_engine, expire_on_commit=False, autoflush=False) as db:
                return query(db, *args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            if is_away(error) and not was_asked_to_write(error):
                raise Unreachable(str(error)) from error
            raise
        except BEYOND as error:
            raise Unstorable(str(error)) from error
        finally:
            self.reads += 1
            self.read_seconds += time.perf_counter() - began


def _forget(task: "asyncio.Task[None]") -> None:
    """What could not be done later is done by the next look (`votes` are told anyway every few seconds)."""
    if not task.cancelled():
        task.exception()
