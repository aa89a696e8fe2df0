"""Migrated databases for tests: migrated once a run, then copied."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from app.store.schema import migrate

NAME = "backchannel.sqlite3"


def lay_down(folder: Path) -> str:
    """Put an empty, migrated SQLite database into a folder, where settings look for it; gives its URL."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_template(), folder / NAME)
    return f"sqlite:///{folder / NAME}"


@cache
def _template() -> Path:
    made = Path(tempfile.mkdtemp(prefix="backchannel-template-")) / NAME
    migrate(f"sqlite:///{made}")
    return made
