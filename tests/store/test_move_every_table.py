"""`move` knows every table there is, with every kind of value: also those that a morning of the demo leaves empty."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.column_types import ShapedJson, StoredSentence
from app.domain.sentence import Sentence
from app.domain.tables import metadata
from app.store.move import move
from tests.conftest import NOON
from tests.databases import lay_down
from tests.store.test_move import there

__all__ = ["there"]

pytestmark = pytest.mark.postgres
SHAPED: tuple[Any, ...] = (["1"], ["20:00"], ["week"], {"a": [1, 0.5, None, "☃"]}, {"a": 0.5})
OF_A_KIND: tuple[tuple[type[Any], Any], ...] = (
    (sa.Boolean, True), (sa.BigInteger, 2**40), (sa.Integer, 1), (sa.DateTime, NOON), (sa.Date, date(2026, 11, 26)),
    (sa.Time, time(20, 0)), (sa.LargeBinary, bytes(range(256))), (sa.String, "“ñ☃𝟎”"),
)  # fmt: skip


def a_value(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, ShapedJson):
        spare = getattr(kind.shape.kind, "spare", {})
        return next(value for value in ([spare], spare or None, *SHAPED) if value and not kind.shape.problems(value))
    if isinstance(kind, StoredSentence):
        return Sentence("%(num)d of %(what)s", num=3, what="“☃”")
    if isinstance(kind, sa.Enum):
        return kind.enum_class(kind.enums[0]) if kind.enum_class else kind.enums[0]
    plain = getattr(kind, "impl", kind)
    return next(value for one, value in OF_A_KIND if isinstance(plain, one))


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(sa.select(table))] for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


def test_a_row_of_every_table_arrives_as_it_was(there: str, tmp_path: Path) -> None:
    here = lay_down(tmp_path)
    engine = sa.create_engine(here)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(table.insert(), {column.name: a_value(column) for column in table.columns})
    engine.dispose()
    before = rows(here)
    assert {table: len(found) for table, found in before.items()} == dict.fromkeys(metadata.tables, 1)
    assert {one.table: one.rows for one in move(here, there, metadata)} == dict.fromkeys(metadata.tables, 1)
    assert rows(there) == before
