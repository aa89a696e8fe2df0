"""What we keep is for whoever runs the server only, whatever the umask of the shell it was started from."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions.events import create_event
from app.bus.memory import MemoryBus
from app.outbound.pictures import Fetched, Pictures
from app.settings import Settings
from app.store.backup import back_up, put_back
from app.store.doors import Backchannel
from app.store.schema import migrate
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


async def test_everything_that_is_kept_is_private(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")  # type: ignore[call-arg]
    migrate(settings.database)
    doors = Backchannel(settings.database, MemoryBus())
    await doors.do(create_event, "box10", name="Box 10", hashtags=[], at=NOON)
    assert settings.signing_key
    Pictures(settings.data_dir / "pictures")._keep("key", Fetched("image/png", b"x"))
    back_up(settings.database, settings.data_dir / "backups" / "copy.sqlite3")
    open_to_others = {
        str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if stat.S_IMODE(file.stat().st_mode) & 0o077
    }
    assert open_to_others == set()
    assert {"backchannel.sqlite3", "backchannel.sqlite3-wal", "backchannel.sqlite3.lock", "secret-key"} <= {
        file.name for file in settings.data_dir.iterdir()
    }
    await doors.close()
    put_back(settings.database, settings.data_dir / "backups" / "copy.sqlite3", at=NOON)
    assert stat.S_IMODE((settings.data_dir / "backchannel.sqlite3").stat().st_mode) == 0o600


def test_a_database_of_before_is_closed_to_others(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite3"
    old.touch(mode=0o666)
    migrate(f"sqlite:///{old}")
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
