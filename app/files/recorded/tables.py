"""Rows of a table: CSV as sheets, statistics programs and Excel in many countries write it."""

import csv
import re
from collections.abc import Iterator
from typing import IO, Any

from app.domain.recorded import Broken
from app.domain.whole_text import whole

Json = dict[str, Any]
LONGEST_CELL = 2**20
MOST_COLUMNS = 500
_DELIMITERS = ",;\t"


def delimiter_of(header: str) -> str:
    """That which stands between the names of the columns most often."""
    return max(_DELIMITERS, key=header.count)


def objects_of_table(lines: IO[str], header: str) -> Iterator[Json | Broken]:
    """Each row by the names of its columns, as they are and folded; what has no name is left out."""
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.reader(_storable(lines), delimiter=delimiter_of(header))
    names: list[str] | None = None
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Broken(f"not a row of a table ({error})")
            continue
        if not any(cells):
            continue
        if names is None:
            names = [named(cell) for cell in cells[:MOST_COLUMNS]]
            continue
        yield {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}


def named(cell: str) -> str:
    """The name of a column, whatever case and blanks it was given."""
    return re.sub(r"[\s-]+", "_", cell.strip().lstrip("\ufeff").strip().casefold())


def _storable(lines: IO[str]) -> Iterator[str]:
    """Line by line, none longer than a cell can be."""
    while line := lines.readline(LONGEST_CELL):
        yield whole(line)
