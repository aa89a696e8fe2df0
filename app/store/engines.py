"""How a database is opened: SQLite for one process, PostgreSQL for any number."""

import fcntl
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, InternalError, OperationalError

from app.store.text_repair import as_json, repair_texts

READERS = 4
WRITERS = 4
"""Connections for reading and, on PostgreSQL, for writing."""
BEYOND = (OverflowError, UnicodeEncodeError, DataError)
"""What is raised for a value that no column can hold: SQLite's integers have 64 bits, PostgreSQL's mostly 32."""
TROUBLE = (IntegrityError, OperationalError, InterfaceError, InternalError)
"""What a database raises for reasons of its own; whether it is away then, `is_away` says."""
READ_ONLY = "25006"
"""What PostgreSQL says while nothing may be written, such as a standby that was taken for the primary."""
FOREIGN_KEY = "23503"
"""And when a row refers to one that is not there."""
PATIENCE_SECONDS = 5
"""So long a connection may take to be made or to be answered before the database counts as gone."""


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def keep_private(url: str) -> None:
    """The SQLite file is for who runs the server only, whatever the umask; what SQLite puts beside it follows it."""
    name = make_url(url).database
    if not is_sqlite(url) or not name or name == ":memory:":
        return
    os.close(os.open(name, os.O_RDWR | os.O_CREAT, 0o600))
    for file in (Path(name), Path(f"{name}-wal"), Path(f"{name}-shm")):
        # Another owner's file is theirs to guard.
        with suppress(OSError):
            file.chmod(file.stat().st_mode & ~0o077)


def open_engines(url: str) -> tuple[Engine, Engine]:
    """One engine for writing and one for reading."""
    engines = _sqlite(url) if is_sqlite(url) else _postgresql(url)
    for engine in engines:
        repair_texts(engine)
    return engines


def private(name: str, flags: int) -> int:
    """Opens a file that is its owner's only."""
    return os.open(name, flags, 0o600)


def mark_in_use(url: str, *, alone: bool = False) -> IO[bytes] | None:
    """Hold the SQLite file until what is given is closed: together with others, or alone, such as to replace it.

    Raises BlockingIOError if that cannot be. SQLite's own locks say nothing while no connection is open.
    """
    name = make_url(url).database
    if not is_sqlite(url) or not name or name == ":memory:":
        return None
    held = open(f"{name}.lock", "ab", opener=private)  # noqa: SIM115 - held for as long as the caller wants
    try:
        fcntl.flock(held, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise
    return held


def _sqlite(url: str) -> tuple[Engine, Engine]:
    writer = create_engine(
        url, pool_size=1, max_overflow=0, json_serializer=as_json, connect_args={"check_same_thread": False}
    )
    # The one used last knows its statements and pages best.
    reader = create_engine(
        url, pool_size=READERS, max_overflow=0, pool_use_lifo=True, connect_args={"check_same_thread": False}
    )

    mark = _Mark(make_url(url).database or "")

    @event.listens_for(writer, "connect")
    def _open_writer(connection: sqlite3.Connection, _record: object) -> None:
        # FULL: "accepted" is promised to a person, so it must survive a power cut too.
        _pragmas(connection, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
        mark.take()

    @event.listens_for(reader, "connect")
    def _open_reader(connection: sqlite3.Connection, _record: object) -> None:
        _pragmas(connection, "query_only=ON")
        mark.take()

    @event.listens_for(writer, "begin")
    def _begin_writing(connection: Any) -> None:
        # The driver's own BEGIN would come after the first read: two writers could both read, then one is lost.
        mark.check()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        # What is deleted is overwritten: words that were taken back are not to be found in the file's free pages. Said
        # here, where the file is ours; at connecting another process may hold it.
        connection.exec_driver_sql("PRAGMA secure_delete=ON").close()

    # Again: a file may go while a group is written.
    event.listen(writer, "commit", mark.check)

    @event.listens_for(reader, "begin")
    def _begin_reading(connection: Any) -> None:
        mark.check()
        connection.exec_driver_sql("BEGIN")

    return writer, reader


class _Mark:
    """The file that was opened first. Under a server that runs it may be removed, or another put in its place: what is
    written then goes to no file that has a name, so nothing may be, until the first one is back.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._first: tuple[int, int] | None = None

    def take(self) -> None:
        self._first = self._first or self._now()

    def check(self, *_event: object) -> None:
        if self._first is not None and self._now() != self._first:
            said = f"unable to open {self._path}: it was removed or replaced while it was in use"
            raise OperationalError("", None, sqlite3.OperationalError(said))

    def _now(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _pragmas(connection: sqlite3.Connection, *pragmas: str) -> None:
    connection.isolation_level = None
    until = time.monotonic() + PATIENCE_SECONDS
    for pragma in (f"busy_timeout={PATIENCE_SECONDS * 1000}", *pragmas):
        # The way of writing is changed without SQLite's own patience: of two that start at once one is told "locked".
        while True:
            try:
                connection.execute(f"PRAGMA {pragma}").close()
                break
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)


def _postgresql(url: str) -> tuple[Engine, Engine]:
    patience = {"connect_timeout": PATIENCE_SECONDS, "tcp_user_timeout": PATIENCE_SECONDS * 1000}
    writer = create_engine(
        url, pool_size=WRITERS, max_overflow=0, pool_pre_ping=True, json_serializer=as_json, connect_args=patience
    )
    # A page and its cursor must come from one snapshot.
    reader = create_engine(
        url,
        pool_size=READERS,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        connect_args=patience,
    )
    return writer, reader


def is_away(error: Exception) -> bool:
    """Whether an error says that the database does not answer now, rather than that we asked something wrong."""
    original = getattr(error, "orig", None)
    if isinstance(original, sqlite3.Error):
        return any(word in str(original) for word in ("locked", "disk", "full", "unable to open", "readonly"))
    state = getattr(original, "sqlstate", None)
    # Without a state the connection broke; 08 is connection trouble, 53 too few resources, 57P shutting down.
    broken = isinstance(error, InterfaceError | OperationalError) and (state is None or state[:2] in {"08", "53", "57"})
    return broken or state == READ_ONLY


def needs_what_is_gone(error: IntegrityError) -> bool:
    """Whether a row was to be stored that belongs to one which was deleted meanwhile."""
    original = error.orig
    foreign = "SQLITE_CONSTRAINT_FOREIGNKEY"
    return getattr(original, "sqlite_errorname", "") == foreign or getattr(original, "sqlstate", "") == FOREIGN_KEY


def was_asked_to_write(error: Exception) -> bool:
    """Whether a reader was asked to write: a mistake of ours, and no database that is away.

    A file that became read-only under a reader has a code of its own that says why.
    """
    return getattr(getattr(error, "orig", None), "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY
