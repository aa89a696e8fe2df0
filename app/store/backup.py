"""Copies of the SQLite file: made while the server runs, put back while it does not."""

import itertools
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from app.store.engines import mark_in_use

PAGES = 512
"""Pages copied at a time; between them the server writes."""
PAUSE = 0.005
STEPS = 100_000
"""Steps of SQLite's own machine after which a check says that it goes on."""
HASHED_PIECE = 1 << 20
Reached = Callable[[str, int, int], None]
"""Told what is counted, how much of it is done, and of how much; 0 if nobody knows."""
CURSORS_AHEAD = 1_000_000
"""So far the cursors jump when a copy is put back: a page that stood beyond it is behind again, and is told all."""


class NotPossible(Exception):
    """A copy cannot be made or put back; the sentence says why and what to do."""


def back_up(database_url: str, to: Path, *, reached: Reached = lambda _unit, _done, _of: None) -> int:
    """Copy the database into a file of its own, check it, and only then give it its name. Gives its size in bytes."""
    database = _file(database_url)
    if not database.exists():
        raise NotPossible(f"there is no database at {database}")
    if to.exists() and not to.is_file():
        raise NotPossible(f"{to} is there already and is no file; give another name")
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = to.with_name(f"{to.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        _copy_whole(database, unfinished, reached)
        unfinished.replace(to)
    finally:
        unfinished.unlink(missing_ok=True)
    return to.stat().st_size


def _copy_whole(database: Path, unfinished: Path, reached: Reached) -> None:
    with closing(sqlite3.connect(database)) as ours, closing(sqlite3.connect(unfinished)) as copy:
        # One snapshot for the whole copy: without it each write of the server makes the copy begin again, for ever.
        ours.execute("BEGIN")
        ours.execute("SELECT count(*) FROM sqlite_master").fetchone()
        ours.backup(copy, pages=PAGES, sleep=PAUSE, progress=lambda _status, left, of: reached("pages", of - left, of))
        copy.execute("PRAGMA journal_mode=DELETE")
        _check(copy, unfinished, reached)
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())


def put_back(
    database_url: str, copy: Path, *, at: datetime, reached: Reached = lambda _unit, _done, _of: None
) -> Path | None:
    """Make a copy the database; what was there is kept beside it, and its path given. The server must be stopped."""
    database = _file(database_url)
    if not copy.is_file():
        raise NotPossible(f"there is no file {copy}")
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as opened:
        _check(opened, copy, reached)
    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        alone = mark_in_use(database_url, alone=True)
    except BlockingIOError:
        raise NotPossible(f"{database} is in use; stop the server first") from None
    with alone or nullcontext():
        return _replace(database, copy, at, reached)


def _replace(database: Path, copy: Path, at: datetime, reached: Reached) -> Path | None:
    kept = _put_aside(database, at) if database.exists() else None
    fresh = database.with_name(f"{database.name}.restored")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    _copy(copy, fresh, reached)
    with closing(sqlite3.connect(fresh)) as opened:
        opened.execute("UPDATE event SET cursor = cursor + :ahead, trimmed = cursor + :ahead", {"ahead": CURSORS_AHEAD})
        opened.commit()
    fresh.replace(database)
    return kept


def _put_aside(database: Path, at: datetime) -> Path:
    with closing(sqlite3.connect(database, timeout=1)) as opened:
        opened.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            opened.execute("BEGIN IMMEDIATE")
            opened.rollback()
            # Back into one file: what is in the write-ahead log belongs to it.
            opened.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise NotPossible(f"{database} is in use; stop the server first") from None
    kept = database.with_name(f"{database.name}.before-{at:%Y%m%d-%H%M%S}")
    database.replace(kept)
    return kept


def _copy(copy: Path, fresh: Path, reached: Reached) -> None:
    size = copy.stat().st_size
    with copy.open("rb") as source, fresh.open("wb") as to:
        while piece := source.read(HASHED_PIECE):
            to.write(piece)
            reached("kB", to.tell() >> 10, size >> 10)
        to.flush()
        os.fsync(to.fileno())


def _check(opened: sqlite3.Connection, file: Path, reached: Reached) -> None:
    steps = itertools.count(1)
    opened.set_progress_handler(lambda: reached("steps of the check", next(steps) * STEPS, 0), STEPS)
    try:
        found = opened.execute("PRAGMA integrity_check").fetchone()[0]
        opened.execute("SELECT count(*) FROM event, alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotPossible(f"{file} is no database of ours: {error}") from None
    finally:
        opened.set_progress_handler(None, 0)
    if found != "ok":
        raise NotPossible(f"{file} is damaged: {found}")


def _file(database_url: str) -> Path:
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise NotPossible("this is for SQLite; PostgreSQL has pg_dump and pg_restore (see docs/scale.md)")
    return Path(url.database)
