"""A server that is written to all the while, and an event to write to."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.bus.memory import MemoryBus
from app.queries.events import event_by_slug
from app.settings import Settings
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming
from tests.databases import lay_down


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", log_level="warning"
    )  # type: ignore[call-arg]


def write(url: str, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """One verb, in a moment when nobody else has the file open."""
    doors = Backchannel(url, MemoryBus())
    doors.writers.run(verb, args, kwargs)
    close(doors)


def close(doors: Backchannel) -> None:
    doors.writers.close()
    doors.write_engine.dispose()
    doors.read_engine.dispose()


def keep_writing(url: str, stop: threading.Event, stored: list[str]) -> None:
    doors = Backchannel(url, MemoryBus())
    event = doors._read(event_by_slug, ("box10",), {})
    number = 0
    while not stop.is_set():
        number += 1
        post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"a{number}")
        doors.writers.run(receive, (event.id, post), {"at": NOON})
        stored.append(str(number))
    close(doors)


@pytest.fixture
def busy(tmp_path: Path) -> str:
    url = lay_down(tmp_path / "data")
    write(url, create_event, "box10", name="Box 10", hashtags=[], at=NOON)
    return url
