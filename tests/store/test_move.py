"""`move`: everything arrives, once, whatever interrupts it; the file stays as it was."""

import hashlib
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.bus.memory import MemoryBus
from app.demo.playing import make_demo, open_the_doors
from app.domain.tables import metadata
from app.queries.events import event_by_slug
from app.store.backup import NotPossible
from app.store.doors import Backchannel
from app.store.engines import mark_in_use
from app.store.move import NOTE, ROWS, is_half_moved, move
from tests.conftest import NOON, incoming
from tests.databases import NAME, lay_down
from tests.until import PATIENCE, until_now

pytestmark = pytest.mark.postgres
MANY = 12_000


class Interrupted(Exception):
    """As a kill would, between two transactions."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A morning of the demo, with a long log behind it."""
    import asyncio

    folder = tmp_path_factory.mktemp("day")
    url = lay_down(folder)

    async def furnish() -> None:
        doors = Backchannel(url, MemoryBus())
        event = await make_demo(doors, at=datetime.now(UTC))
        await open_the_doors(doors, event.id, now=lambda: datetime.now(UTC))
        await doors.close()

    asyncio.run(furnish())
    with closing(sqlite3.connect(folder / NAME)) as opened:
        (cursor,) = opened.execute("SELECT cursor FROM event").fetchone()
        opened.execute(
            "INSERT INTO publication (event_id, cursor, subject, subject_id, at) "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "SELECT 1, ? + i, 'post', 1, '2026-06-11 12:00:00.000000' FROM n",
            (MANY, cursor),
        )
        opened.execute("UPDATE event SET cursor = cursor + ?", (MANY,))
        opened.commit()
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def there(postgres_url: str) -> Iterator[str]:
    name = f"m{secrets.token_hex(6)}"
    engine = sa.create_engine(f"{postgres_url}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield f"{postgres_url}/{name}"
    engine.dispose()


def here(folder: Path) -> str:
    return f"sqlite:///{folder / NAME}"


def content(folder: Path) -> str:
    return hashlib.sha256((folder / NAME).read_bytes()).hexdigest()


async def test_everything_arrives_and_goes_on_from_there(day: Path, there: str) -> None:
    before = content(day)
    moved = {one.table: one.rows for one in move(here(day), there, metadata)}
    assert content(day) == before
    with closing(sqlite3.connect(day / NAME)) as opened:
        assert moved == {table: opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in moved}
        cursor, *_ = opened.execute("SELECT cursor FROM event").fetchone()
    assert moved.keys() == metadata.tables.keys()
    assert moved["publication"] == cursor > MANY
    assert moved["vote"] > 0
    assert not is_half_moved(there)
    doors = Backchannel(there, MemoryBus())
    event = await doors.ask(event_by_slug, "demo")
    assert event is not None
    assert event.cursor == cursor
    # Numbers go on after the moved ones, of posts, decisions, events, links.
    received = await doors.do(receive, event.id, incoming("Said after the move", ref="after"), at=NOON)
    assert received.post_id == moved["post"] + 1
    assert (await doors.do(create_event, "next", name="Next", hashtags=[], at=NOON)).id == 2
    await doors.close()


@pytest.mark.parametrize("at", [1, 2, 7, 20, 10**6])
def test_a_move_that_was_interrupted_goes_on_where_it_was(day: Path, there: str, at: int) -> None:
    asked: list[int] = []

    def interrupt(done: int, of: int) -> None:
        asked.append(done)
        if len(asked) == at or done == of:
            raise Interrupted

    with pytest.raises(Interrupted):
        move(here(day), there, metadata, reached=interrupt)
    assert is_half_moved(there)
    again: list[int] = []
    moved = move(here(day), there, metadata, reached=lambda done, _of: again.append(done))
    assert sum(one.rows for one in moved) == again[-1]
    # Nothing was brought twice: each of the two tells of each table once, and of each of its steps one of them does.
    steps = sum(-(-one.rows // ROWS) for one in moved)
    assert len(asked) + len(again) <= steps + 2 * len(moved)
    assert not is_half_moved(there)


def test_what_changed_between_two_tries_arrives_as_it_is_now(there: str, tmp_path: Path) -> None:
    import asyncio

    url = lay_down(tmp_path)

    async def say(ref: str) -> None:
        doors = Backchannel(url, MemoryBus())
        event = await doors.ask(event_by_slug, "box10") or await doors.do(
            create_event, "box10", name="Box 10", hashtags=["box10"], at=NOON
        )
        await doors.do(receive, event.id, incoming(f"number {ref}", ref=ref), at=NOON)
        await doors.close()

    def interrupt(done: int, of: int) -> None:
        if done == of:
            raise Interrupted

    asyncio.run(say("1"))
    with pytest.raises(Interrupted):
        move(url, there, metadata, reached=interrupt)
    asyncio.run(say("2"))
    assert {one.table: one.rows for one in move(url, there, metadata)}["post"] == 2


def test_a_killed_move_loses_nothing_and_no_server_starts_on_half_of_it(day: Path, there: str) -> None:
    known = {**os.environ, "DATA_DIR": str(day), "DATABASE_URL": "", "SECRET_KEY": ""}
    command = [sys.executable, "-m", "app.cli"]
    engine = sa.create_engine(there)

    def arrived() -> int:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table(NOTE.name):
                return 0
            return connection.scalar(sa.select(sa.func.sum(NOTE.c.rows))) or 0

    def kill_after(reached: int) -> int:
        moving = subprocess.Popen([*command, "move", "--to", there], env=known, stdout=subprocess.DEVNULL)
        until_now(lambda: arrived() > reached or moving.poll() is not None)
        moving.send_signal(signal.SIGKILL)
        moving.wait(PATIENCE)
        return arrived()

    first = kill_after(0)
    assert 0 < first < MANY
    assert kill_after(first) >= first or not is_half_moved(there)
    if is_half_moved(there):
        half = {**known, "DATABASE_URL": there}
        refused = subprocess.run([*command, "serve", "--port", "0"], env=half, capture_output=True, text=True)
        assert (refused.returncode, "has not come to its end" in refused.stderr) == (1, True)
        done = subprocess.run([*command, "move", "--to", there], env=known, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "the same in both" in done.stdout
        assert "SECRET_KEY" in done.stdout
    with closing(sqlite3.connect(day / NAME)) as opened, engine.connect() as connection:
        for table in metadata.sorted_tables:
            (rows,) = opened.execute(f"SELECT count(*) FROM {table.name}").fetchone()
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == rows
    engine.dispose()


def test_what_cannot_be_moved_is_refused_in_a_sentence(day: Path, there: str, tmp_path: Path) -> None:
    with pytest.raises(NotPossible, match="this moves from SQLite"):
        move(there, here(day), metadata)
    with pytest.raises(NotPossible, match="no database"):
        move(here(tmp_path / "none"), there, metadata)
    using = mark_in_use(here(day))
    assert using is not None
    with using, pytest.raises(NotPossible, match="stop the server"):
        move(here(day), there, metadata)
    move(here(day), there, metadata)
    with pytest.raises(NotPossible, match="something in that database already"):
        move(here(day), there, metadata)


def test_a_row_that_postgresql_does_not_take_is_named(there: str, tmp_path: Path) -> None:
    url = lay_down(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as opened:
        columns = [row[1] for row in opened.execute("PRAGMA table_info(picture)")]
        assert columns
    engine = sa.create_engine(url)
    event = metadata.tables["event"]
    with engine.begin() as connection:
        connection.execute(event.insert(), {"slug": "ok", "name": "fine", "created_at": NOON})
        connection.execute(event.insert(), {"slug": "bad", "name": "n\0ul", "created_at": NOON})
    engine.dispose()
    with pytest.raises(NotPossible, match="row 2 of event cannot be stored in PostgreSQL"):
        move(url, there, metadata)
    assert is_half_moved(there)
