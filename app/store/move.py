"""Everything from the SQLite file into an empty PostgreSQL: in steps that can be interrupted, proved by hashes.

The file is only read. What has arrived is noted in the other database in the same transaction that brings it, so a move
that was killed goes on where it was; until all has arrived and was compared, no server starts there.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, StatementError

from app.store.backup import NotPossible
from app.store.engines import PATIENCE_SECONDS, is_sqlite, mark_in_use
from app.store.schema import migrate

ROWS = 500
"""Rows that are moved in one transaction."""
HASH = 2**256

Reached = Callable[[int, int], None]

_notes = sa.MetaData()
NOTE = sa.Table(
    "backchannel_move",
    _notes,
    sa.Column("table_name", sa.Text, primary_key=True),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
)
"""How many rows of each table have arrived, and from a file that looked how."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One table, proved to be the same in both."""

    table: str
    rows: int
    sha256: str


def move(
    from_url: str,
    to_url: str,
    tables: sa.MetaData,
    *,
    reached: Reached = lambda _done, _of: None,
    read: Reached = lambda _done, _of: None,
) -> list[Moved]:
    """Move, or go on moving. Raises NotPossible with a sentence; then the file is as it was, and may be used on.

    `reached` is told the rows that have arrived, `read` those that were looked at: once before, twice after.
    """
    if not is_sqlite(from_url) or is_sqlite(to_url):
        raise NotPossible("this moves from SQLite to postgresql+psycopg://…; for others use the database's own tools")
    try:
        alone = mark_in_use(from_url, alone=True)
    except BlockingIOError:
        raise NotPossible("the database is in use; stop the server first") from None
    except FileNotFoundError:
        raise NotPossible(f"there is no database at {sa.make_url(from_url).database}") from None
    with alone or nullcontext():
        migrate(from_url)
        migrate(to_url)
        ours, theirs = sa.create_engine(from_url), _target(to_url)
        try:
            return _move(ours, theirs, tables.sorted_tables, reached, read)
        finally:
            ours.dispose()
            theirs.dispose()


def is_half_moved(url: str) -> bool:
    """Whether a move to this database has begun and not ended."""
    if is_sqlite(url):
        return False
    engine = _target(url)
    try:
        return sa.inspect(engine).has_table(NOTE.name)
    finally:
        engine.dispose()


def _target(url: str) -> sa.Engine:
    return sa.create_engine(url, connect_args={"connect_timeout": PATIENCE_SECONDS})


def _move(ours: sa.Engine, theirs: sa.Engine, tables: list[sa.Table], reached: Reached, read: Reached) -> list[Moved]:
    counts = {table.name: _count(ours, table) for table in tables}
    total, before = sum(counts.values()), 0
    look = _Look(total, read)
    done = _begin(ours, theirs, tables, look)
    for table in tables:
        for arrived in _copy(ours, theirs, table, done.get(table.name, 0)):
            reached(before + arrived, total)
        before += counts[table.name]
    proved = [_prove(ours, theirs, table, look) for table in tables]
    with theirs.begin() as there:
        for table in tables:
            _count_on(there, table, after=_last_number(ours, table))
        NOTE.drop(there)
    return proved


class _Look:
    """Counts the rows that were looked at, and tells of them now and then."""

    def __init__(self, total: int, read: Reached) -> None:
        self._total, self._read, self._done = total, read, 0

    def at(self, rows: int) -> None:
        self._done += rows
        self._read(self._done, self._total)


def _begin(ours: sa.Engine, theirs: sa.Engine, tables: list[sa.Table], look: _Look) -> dict[str, int]:
    """What has arrived of each table. If the file has changed since, what had arrived is taken away again."""
    source = _fingerprint(ours, tables, look)
    with theirs.begin() as there:
        if not sa.inspect(there).has_table(NOTE.name):
            if full := [table.name for table in tables if there.scalar(sa.select(sa.func.count()).select_from(table))]:
                raise NotPossible(f"there is something in that database already ({', '.join(full)}); give an empty one")
            NOTE.create(there)
        rows = {row.table_name: row for row in there.execute(sa.select(NOTE))}
        if any(row.source != source for row in rows.values()):
            for table in reversed(tables):
                there.execute(table.delete())
            there.execute(NOTE.delete())
            rows = {}
        missing = [table.name for table in tables if table.name not in rows]
        if missing:
            there.execute(NOTE.insert(), [{"table_name": name, "rows": 0, "source": source} for name in missing])
        return {name: row.rows for name, row in rows.items()}


def _fingerprint(ours: sa.Engine, tables: list[sa.Table], look: _Look) -> str:
    """Changes when the file does: the hashes of all its rows."""
    told = [(table.name, *_hash(ours, table, look)) for table in tables]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _copy(ours: sa.Engine, theirs: sa.Engine, table: sa.Table, done: int) -> Iterator[int]:
    """Gives how many rows have arrived, after each transaction."""
    # By key: what refers to a row of its own table comes after it, and the order is the same each time.
    rows = sa.select(table).order_by(*table.primary_key.columns).offset(done)
    with ours.connect() as here:
        for some in here.execute(rows).mappings().partitions(ROWS):
            _put(theirs, table, [dict(row) for row in some])
            done += len(some)
            yield done
    yield done


def _put(theirs: sa.Engine, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    arrived = NOTE.update().where(NOTE.c.table_name == table.name).values(rows=NOTE.c.rows + len(rows))
    try:
        with theirs.begin() as there:
            # What the database counts by itself comes along counted.
            name = there.dialect.identifier_preparer.format_table(table)
            there.execute(sa.text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
            there.execute(table.insert(), rows)
            there.execute(sa.text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
            there.execute(arrived)
    except (DBAPIError, StatementError, ValueError) as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        raise NotPossible(_which(theirs, table, rows) or f"{table.name} cannot be moved: {_first(error)}") from error


def _which(theirs: sa.Engine, table: sa.Table, rows: list[dict[str, Any]]) -> str:
    """The row that PostgreSQL does not take, and why."""
    with theirs.connect() as there:
        for row in rows:
            try:
                there.execute(table.insert(), row)
            except (DBAPIError, StatementError, ValueError) as error:
                key = ", ".join(str(row[column.name]) for column in table.primary_key.columns)
                return f"row {key} of {table.name} cannot be stored in PostgreSQL: {_first(error)}"
    return ""


def _prove(ours: sa.Engine, theirs: sa.Engine, table: sa.Table, look: _Look) -> Moved:
    here, there = _hash(ours, table, look), _hash(theirs, table, look)
    if here != there:
        raise NotPossible(f"{table.name} is not the same in both: {here[0]} rows here, {there[0]} there; move again")
    return Moved(table.name, *here)


def _count(engine: sa.Engine, table: sa.Table) -> int:
    with engine.connect() as opened:
        return opened.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _hash(engine: sa.Engine, table: sa.Table, look: _Look) -> tuple[int, str]:
    """How many rows, and the sum of their hashes: whatever order a database gives them in."""
    rows, total = 0, 0
    with engine.connect().execution_options(stream_results=True, yield_per=ROWS) as opened:
        for some in opened.execute(sa.select(table)).partitions(ROWS):
            for row in some:
                told = json.dumps([_plain(value) for value in row], sort_keys=True, ensure_ascii=False)
                total += int.from_bytes(hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest())
            rows += len(some)
            look.at(len(some))
    return rows, f"{total % HASH:064x}"


def _plain(value: Any) -> Any:
    """A value as it means the same in both databases."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
        case _ if hasattr(value, "as_json"):
            return value.as_json()
    return value


def _last_number(ours: sa.Engine, table: sa.Table) -> int:
    """The highest that a row ever had here, one that was deleted included; 0 where there is none."""
    with ours.connect() as here:
        last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        return int(here.scalar(last, {"table": table.name}) or 0)


def _count_on(there: sa.Connection, table: sa.Table, *, after: int) -> None:
    """New rows get the numbers after those that were given."""
    for column in table.primary_key.columns:
        if column.autoincrement is not False and isinstance(column.type, sa.Integer):
            sequence = there.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, column.name)))
            if sequence:
                there.execute(sa.select(sa.func.setval(sequence, after + 1, sa.false())))


def _first(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
