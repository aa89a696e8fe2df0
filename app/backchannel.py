"""The two doors to the database: `do` an action, `ask` a query. No other file opens a session.

SQLite gets one writer thread and `BEGIN IMMEDIATE`, so writers queue here, in order, instead of failing with
"database is locked"; readers run beside it (WAL). PostgreSQL gets a small pool for both.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

P = ParamSpec("P")
T = TypeVar("T")

BELLS = "bells"
"""Key in `Session.info` under which verbs note the Events that changed."""

READERS = 4
CLASHES = 3
PENDING = 2_000
"""So many actions may wait for the writer; past that a caller is told at once (`Busy`)."""


class Busy(Exception):
    """Too much is waiting to be written; nothing was stored. Try again in a moment."""


class Unreachable(Exception):
    """The database does not answer now. What was asked to be written may be stored or not; try again later."""


class Ring(Protocol):
    """Part of the bus that the doors need: say that something changed in an Event."""

    async def ring(self, event_id: int) -> None: ...


class Backchannel:
    """Runs actions and queries in threads and rings the bell after each commit."""

    def __init__(self, database_url: str, bus: Ring) -> None:
        sqlite = make_url(database_url).get_backend_name() == "sqlite"
        self._bus = bus
        self._alone = sqlite
        self.write_engine, self.read_engine = _sqlite(database_url) if sqlite else _postgresql(database_url)
        self._writers = ThreadPoolExecutor(1 if sqlite else READERS, thread_name_prefix="write")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._pending = 0

    async def do(self, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one verb in one transaction; when it has returned, its effect is on disk.

        Raises `Busy` when too many wait, and whatever the verb raises (then nothing was stored).
        """
        if self._pending >= PENDING:
            raise Busy
        self._pending += 1
        loop = asyncio.get_running_loop()
        try:
            # Shielded: a client that hangs up must not stop the bell of what was committed.
            return await asyncio.shield(loop.create_task(self._commit_and_ring(action, args, kwargs)))
        finally:
            self._pending -= 1

    async def ask(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one query on a consistent snapshot; nothing it does is stored."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._read, query, args, kwargs)

    async def close(self) -> None:
        """Let what was begun finish, then let go of the database."""
        await asyncio.to_thread(self._writers.shutdown)
        await asyncio.to_thread(self._readers.shutdown)
        self.write_engine.dispose()
        self.read_engine.dispose()

    async def _commit_and_ring(self, action: Any, args: Any, kwargs: Any) -> Any:
        loop = asyncio.get_running_loop()
        result, bells = await loop.run_in_executor(self._writers, self._write, action, args, kwargs)
        for event_id in bells:
            await self._bus.ring(event_id)
        return result

    def _write(self, action: Any, args: Any, kwargs: Any) -> tuple[Any, Iterable[int]]:
        for _ in range(CLASHES):
            try:
                return self._transaction(action, args, kwargs)
            except (IntegrityError, OperationalError):
                # Two writers of PostgreSQL met in the same new row, or in a deadlock; the loser sees it next time.
                if self._alone:
                    raise
        return self._transaction(action, args, kwargs)

    def _transaction(self, action: Any, args: Any, kwargs: Any) -> tuple[Any, Iterable[int]]:
        with Session(self.write_engine, expire_on_commit=False) as db:
            result = action(db, *args, **kwargs)
            db.commit()
            return result, sorted(db.info.get(BELLS, ()))

    def _read(self, query: Any, args: Any, kwargs: Any) -> Any:
        with Session(self.read_engine, expire_on_commit=False, autoflush=False) as db:
            return query(db, *args, **kwargs)


def _sqlite(url: str) -> tuple[Engine, Engine]:
    writer = create_engine(url, pool_size=1, max_overflow=0, connect_args={"check_same_thread": False})
    reader = create_engine(url, pool_size=READERS, max_overflow=0, connect_args={"check_same_thread": False})

    @event.listens_for(writer, "connect")
    def _open_writer(connection: sqlite3.Connection, _record: object) -> None:
        # FULL: "accepted" is promised to a person, so it must survive a power cut too.
        _pragmas(connection, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")

    @event.listens_for(reader, "connect")
    def _open_reader(connection: sqlite3.Connection, _record: object) -> None:
        _pragmas(connection, "query_only=ON")

    @event.listens_for(writer, "begin")
    def _begin_writing(connection: Any) -> None:
        # The driver's own BEGIN would come after the first read: two writers could both read, then one is lost.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(reader, "begin")
    def _begin_reading(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return writer, reader


def _pragmas(connection: sqlite3.Connection, *pragmas: str) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout=5000", *pragmas):
        connection.execute(f"PRAGMA {pragma}").close()


def _postgresql(url: str) -> tuple[Engine, Engine]:
    writer = create_engine(url, pool_size=READERS, max_overflow=0, pool_pre_ping=True)
    # A page and its cursor must come from one snapshot.
    reader = create_engine(
        url, pool_size=READERS, max_overflow=0, pool_pre_ping=True, isolation_level="REPEATABLE READ"
    )
    return writer, reader
