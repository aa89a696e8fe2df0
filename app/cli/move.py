"""Moving from the SQLite file to PostgreSQL."""

import argparse
import sys

from sqlalchemy import make_url

from app.cli.errors import Failed
from app.cli.progress import Progress
from app.domain.tables import metadata
from app.settings import KEPT_KEY, Settings
from app.store.backup import NotPossible
from app.store.move import move


def move_everything(arguments: argparse.Namespace, settings: Settings) -> None:
    progress = Progress("rows read or moved")
    try:
        # All is read once before it is moved, and once on either side after: four parts.
        moved = move(
            settings.database,
            arguments.to,
            metadata,
            reached=lambda done, of: progress.reach(of + done, total=4 * of),
            read=lambda done, of: progress.reach(done if done <= of else of + done, total=4 * of),
        )
    except NotPossible as error:
        raise Failed(str(error)) from None
    finally:
        progress.end()
    for one in moved:
        sys.stdout.write(f"  {one.table:<16} {one.rows:>9,} rows  sha256 {one.sha256[:16]}…  the same in both\n")
    sys.stdout.write(f"Everything is in {make_url(arguments.to).render_as_string(hide_password=True)} now.\n")
    sys.stdout.write("Set DATABASE_URL to it and start the server. The file is as it was; keep it as a copy.\n")
    if not settings.secret_key.get_secret_value():
        sys.stdout.write(f"On another machine set SECRET_KEY to what stands in {settings.data_dir / KEPT_KEY}.\n")
