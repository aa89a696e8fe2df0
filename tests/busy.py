"""A server that is written to all the while, and an event to write to."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from app.actions.arrivals import receive
from app.bus.memory import MemoryBus
from app.queries.events import event_by_slug
from app.settings import Settings
from app.store.doors import Backchannel
from app.store.schema import migrate
from tests.conftest import NOON, incoming


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path, secret_key="only for tests", log_level="warning")  # type: ignore[call-arg]


def keep_writing(url: str, stop: threading.Event, stored: list[str]) -> None:
    doors = Backchannel(url, MemoryBus())
    event = doors._read(event_by_slug, ("box10",), {})
    number = 0
    while not stop.is_set():
        number += 1
        post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"a{number}")
        doors.writers.run(receive, (event.id, post), {"at": NOON})
        stored.append(str(number))
    doors.writers.close()
    doors.write_engine.dispose()
    doors.read_engine.dispose()


@pytest.fixture
def busy(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'data' / 'backchannel.sqlite3'}"
    (tmp_path / "data").mkdir()
    migrate(url)
    with closing(sqlite3.connect(tmp_path / "data" / "backchannel.sqlite3")) as opened:
        opened.execute(
            "INSERT INTO event (slug, name, zone, hashtags, accent, welcome, policy, policy_version, screen, paused_at, "
            "cursor, trimmed, created_at) VALUES ('box10', 'Box 10', 'Europe/London', '[]', 'teal', '', '{}', 1, 'live', "
            "0, 0, 0, '2026-06-11 12:00:00')"
        )
        opened.commit()
    return url
