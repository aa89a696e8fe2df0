"""The number of a row that was deleted is given to no other, on SQLite as on PostgreSQL"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

APART = re.compile(r"\bid INTEGER NOT NULL(?=,)(.*?),\s*CONSTRAINT \w+ PRIMARY KEY \(id\)", re.DOTALL)
TOGETHER = re.compile(r"\bid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT(.*?)(\s*\)\s*)$", re.DOTALL)


def upgrade() -> None:
    for name, made in _tables():
        if APART.search(made):
            _make_again(name, APART.sub(r"id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT\1", made, count=1))


def downgrade() -> None:
    for name, made in _tables():
        if TOGETHER.search(made):
            key = rf"id INTEGER NOT NULL\1,\n\tCONSTRAINT pk_{name} PRIMARY KEY (id)\2"
            _make_again(name, TOGETHER.sub(key, made, count=1))


def _tables() -> list[tuple[str, str]]:
    """How SQLite's tables were made; PostgreSQL never gives a number twice."""
    if op.get_context().dialect.name != "sqlite":
        return []
    made = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    return [(name, told) for name, told in op.get_bind().execute(made)]


def _make_again(name: str, made: str) -> None:
    """All that belongs to a table is written down in SQL, so it is made anew from that, with its rows."""
    here = op.get_bind()
    indexes = sa.text("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :name AND sql IS NOT NULL")
    kept = [told for (told,) in here.execute(indexes, {"name": name})]
    head = re.compile(rf'^CREATE TABLE "?{name}"?')
    here.exec_driver_sql(head.sub(f'CREATE TABLE "{name}_anew"', made, count=1))
    here.exec_driver_sql(f'INSERT INTO "{name}_anew" SELECT * FROM "{name}"')
    here.exec_driver_sql(f'DROP TABLE "{name}"')
    here.exec_driver_sql(f'ALTER TABLE "{name}_anew" RENAME TO "{name}"')
    for told in kept:
        here.exec_driver_sql(told)
