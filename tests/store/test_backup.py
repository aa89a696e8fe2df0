"""Copies of the database, made and put back while people work."""

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from sqlmodel import Session

from app.actions.arrivals import receive
from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.domain.post import Picture
from app.queries.change_log import news
from app.queries.events import event_by_slug
from app.store.backup import CURSORS_AHEAD, NotPossible, back_up, put_back
from app.store.doors import Backchannel
from tests.busy import keep_writing, write
from tests.conftest import NOON, incoming
from tests.running import ProcessServer
from tests.servers import free_port
from tests.until import until_now


def refs(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as opened:
        return {ref for (ref,) in opened.execute("SELECT ref FROM post")}


def _many_pages(db: Session) -> None:
    """So much that a copy takes several turns."""
    db.add_all([Picture(key=f"{number:064d}", url="x" * 2_000) for number in range(5_000)])


def test_a_copy_made_while_posts_come_in_is_sound_and_has_all_that_was_stored_before(busy: str, tmp_path: Path) -> None:
    write(busy, _many_pages)
    stop: threading.Event = threading.Event()
    stored: list[str] = []
    writer = threading.Thread(target=keep_writing, args=(busy, stop, stored))
    writer.start()
    try:
        until_now(lambda: len(stored) >= 100)
        before = set(stored)
        assert back_up(busy, tmp_path / "copies" / "noon.sqlite3") > 0
        assert len(stored) > len(before), "nothing was stored meanwhile: the copy held the server up"
    finally:
        stop.set()
        writer.join()
    assert before <= refs(tmp_path / "copies" / "noon.sqlite3")
    assert [file.name for file in (tmp_path / "copies").iterdir()] == ["noon.sqlite3"]


def test_a_copy_that_is_put_back_is_the_database_and_every_page_is_told_all_of_it(busy: str, tmp_path: Path) -> None:
    async def one(number: int) -> None:
        doors = Backchannel(busy, MemoryBus())
        event = await doors.ask(event_by_slug, "box10")
        assert isinstance(event, Event)
        await doors.do(receive, event.id, incoming(f"number {number} of them", ref=str(number)), at=NOON)
        await doors.close()

    import asyncio

    asyncio.run(one(1))
    copy = tmp_path / "copy.sqlite3"
    back_up(busy, copy)
    asyncio.run(one(2))
    kept = put_back(busy, copy, at=datetime(2026, 6, 11, 13, tzinfo=UTC))
    assert kept is not None
    assert refs(tmp_path / "data" / "backchannel.sqlite3") == {"1"}
    assert refs(kept) == {"1", "2"}
    doors = Backchannel(busy, MemoryBus())
    # A page that stood at the line that is no more.
    found = doors._read(news, (1, 2), {})
    assert found.lines is None
    assert found.cursor > CURSORS_AHEAD
    doors.writers.close()
    doors.write_engine.dispose()
    doors.read_engine.dispose()


def test_a_copy_is_not_put_back_under_a_running_server(busy: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    back_up(busy, copy)
    server = ProcessServer(tmp_path / "data", free_port())
    server.start()
    try:
        with pytest.raises(NotPossible, match="stop the server"):
            put_back(busy, copy, at=NOON)
        assert httpx2.get(f"{server.url}/up").status_code == 200
    finally:
        server.stop()


@pytest.mark.parametrize("words", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 400])
def test_what_is_no_database_of_ours_is_not_put_back(busy: str, tmp_path: Path, words: bytes) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(words)
    with pytest.raises(NotPossible):
        put_back(busy, copy, at=NOON)
    assert refs(tmp_path / "data" / "backchannel.sqlite3") == set()


def test_the_commands_back_up_and_restore(busy: str, tmp_path: Path) -> None:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "app.cli", *words]
        return subprocess.run(
            command, env={"DATA_DIR": str(tmp_path / "data"), "PATH": ""}, capture_output=True, text=True, check=False
        )

    made = run("backup", str(tmp_path / "copy.sqlite3"))
    assert (made.returncode, "checked and sound" in made.stdout) == (0, True), made.stderr
    back = run("restore", str(tmp_path / "copy.sqlite3"))
    assert (back.returncode, "is the database now" in back.stdout) == (0, True), back.stderr
    missing = run("restore", str(tmp_path / "nothing"))
    assert missing.returncode == 1
    assert "there is no file" in missing.stderr
    assert signal.SIGTERM
