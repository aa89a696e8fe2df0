"""The database's schema is brought up to date at every start."""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from app.store.engines import keep_private

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def alembic_config(database_url: str) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - a fifth of a second that most starts need not wait

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["database_url"] = database_url
    return config


def migrate(database_url: str) -> None:
    """Apply what is missing, each step in a transaction of its own or not at all."""
    keep_private(database_url)
    if is_current(database_url):
        return
    from alembic import command  # noqa: PLC0415 - the same

    command.upgrade(alembic_config(database_url), "head")


def is_current(database_url: str) -> bool:
    """Whether a database has had every migration. An empty one has not."""
    engine = sa.create_engine(database_url)
    try:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return False
            return connection.scalars(sa.text("SELECT version_num FROM alembic_version")).all() == [newest_migration()]
    finally:
        engine.dispose()


def newest_migration() -> str:
    """They stand in one row, each with its number before its name."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]
