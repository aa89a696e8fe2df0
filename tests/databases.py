"""Migrated databases for tests: migrated once a run, then copied."""

import tempfile
from functools import cache
from pathlib import Path

from app.store.schema import migrate

NAME = "backchannel.sqlite3"


def lay_down(folder: Path, name: str = NAME) -> str:
    """Put an empty, migrated SQLite database into a folder, where settings look for it; gives its URL."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(_migrated())
    return f"sqlite:///{folder / name}"


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory(prefix="backchannel-") as folder:
        migrate(f"sqlite:///{folder}/{NAME}")
        return Path(folder, NAME).read_bytes()
