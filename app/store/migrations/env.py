"""One tree of migrations for SQLite and PostgreSQL."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import create_engine, event
from sqlmodel.sql.sqltypes import AutoString

from app.domain.tables import metadata


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write plain SQLAlchemy types: SQLModel's own names would tie old migrations to its versions."""
    if kind != "type":
        return False
    if isinstance(item, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if isinstance(item, sa.Enum | AutoString | sa.String):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if type(item).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    return False


LOCK = 7_305_114
"""Any number, the same for all processes; the lock ends with the connection."""


def _numbers_given(connection: sa.Connection) -> dict[str, int]:
    """How far SQLite has counted in each table: a table that is made anew would begin after the rows that are left."""
    if connection.dialect.name != "sqlite":
        return {}
    kept = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'")
    if kept.first() is None:
        return {}
    return {row.name: row.seq for row in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")}


def _count_on_from(connection: sa.Connection, given: dict[str, int]) -> None:
    now = _numbers_given(connection)
    for name, seq in given.items():
        if name in sa.inspect(connection).get_table_names() and now.get(name, 0) < seq:
            connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            put = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")
            connection.execute(put, {"name": name, "seq": seq})


def run() -> None:
    url = context.config.attributes["database_url"]
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _own_transactions(connection: Any, _record: object) -> None:
            connection.isolation_level = None

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            # A migration that fails half way leaves nothing behind.
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # Processes that start together take turns; the later ones find nothing left to do.
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=False,
        )
        given = _numbers_given(connection)
        connection.commit()
        with context.begin_transaction():
            context.run_migrations()
            _count_on_from(connection, given)
        connection.commit()
    engine.dispose()


run()
