"""Copying the database, and putting a copy back."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.cli.errors import Failed
from app.cli.progress import Progress
from app.settings import Settings
from app.store.backup import NotPossible, Reached, back_up, put_back
from app.store.schema import migrate


@contextmanager
def told() -> Iterator[Reached]:
    """A bar for each thing that is counted, one after the other; Failed for what is not possible."""
    begun: dict[str, Progress] = {}

    def reach(unit: str, done: int, of: int) -> None:
        if unit not in begun:
            for before in begun.values():
                before.end()
            begun[unit] = Progress(unit)
        begun[unit].reach(done, total=of)

    try:
        yield reach
    except NotPossible as error:
        raise Failed(str(error)) from None
    finally:
        for one in begun.values():
            one.end()


def backup(arguments: argparse.Namespace, settings: Settings) -> None:
    with told() as reached:
        size = back_up(settings.database, arguments.file, reached=reached)
    sys.stdout.write(f"{arguments.file}: {size / 1e6:.1f} MB, checked and sound\n")


def restore(arguments: argparse.Namespace, settings: Settings) -> None:
    with told() as reached:
        kept = put_back(settings.database, arguments.file, at=datetime.now(UTC), reached=reached)
    migrate(settings.database)
    sys.stdout.write(f"{arguments.file} is the database now.\n")
    if kept is not None:
        sys.stdout.write(f"What was there before is kept as {kept}\n")
