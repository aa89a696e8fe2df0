"""Statements are compiled once a process. Each test has a database of its own, and would compile all of them again."""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from app.store import engines

MOST = 2_000
COMPILED: LRUCache[Any, Any] = LRUCache(MOST)


class Alike(SQLiteDialect_pysqlite):
    """One SQLite file is spoken to as another one is: what was compiled for one is what would be compiled for the other."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike) and other._json_serializer is self._json_serializer

    def __hash__(self) -> int:
        return hash(Alike)


def share_statements() -> None:
    engines.create_engine = _sharing  # type: ignore[assignment]


def _sharing(*args: Any, **kwargs: Any) -> Engine:
    engine = create_engine(*args, **kwargs)
    if type(engine.dialect) is SQLiteDialect_pysqlite:
        engine.dialect.__class__ = Alike
        engine._compiled_cache = COMPILED
    return engine
