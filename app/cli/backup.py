"""Copying the database, and putting a copy back."""

import argparse
import sys
from datetime import UTC, datetime

from app.cli.errors import Failed
from app.cli.progress import Progress
from app.settings import Settings
from app.store.backup import NotPossible, back_up, put_back
from app.store.schema import migrate


def backup(arguments: argparse.Namespace, settings: Settings) -> None:
    progress = Progress("pages")
    try:
        size = back_up(settings.database, arguments.file, reached=lambda done, of: progress.reach(done, total=of))
    except NotPossible as error:
        raise Failed(str(error)) from None
    finally:
        progress.end()
    sys.stdout.write(f"{arguments.file}: {size / 1e6:.1f} MB, checked and sound\n")


def restore(arguments: argparse.Namespace, settings: Settings) -> None:
    try:
        kept = put_back(settings.database, arguments.file, at=datetime.now(UTC))
    except NotPossible as error:
        raise Failed(str(error)) from None
    migrate(settings.database)
    sys.stdout.write(f"{arguments.file} is the database now.\n")
    if kept is not None:
        sys.stdout.write(f"What was there before is kept as {kept}\n")
