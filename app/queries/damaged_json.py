"""What of the stored JSON is not of its shape: read past the columns' own repair, for `doctor`."""

from collections import Counter

from sqlalchemy import Connection, select, type_coerce

from app.domain.column_types import ShapedJson, StoredJson
from app.domain.tables import metadata


def damaged(connection: Connection) -> Counter[str]:
    """How many rows have a damaged field, by `table.column.field`."""
    found: Counter[str] = Counter()
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, ShapedJson):
                kind = column.type
                rows = connection.execute(select(type_coerce(column, StoredJson())).execution_options(yield_per=500))
                for value in rows.scalars():
                    found.update(f"{kind.name}.{one}".rstrip(".") for one in kind.shape.problems(value))
    return found
