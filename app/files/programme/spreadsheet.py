"""Rows of a table, whatever it came in: CSV in any encoding, Excel and OpenDocument, records of JSON."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from app.domain.programme_matching import UnreadableProgramme

Rows = list[list[Any]]
"""Cells are texts, or dates, times, durations and numbers where the file has them as such."""
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 200, 20_000
SEPARATORS = ",;\t|"


def rows_of_csv(content: bytes) -> Rows:
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if sum(not (sign.isprintable() or sign in "\n\t") for sign in text[:4000]) > 40:
        raise UnreadableProgramme("This file is neither a text nor in a form that is known.")
    csv.field_size_limit(1_000_000)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=_separator(text), skipinitialspace=True)
        return _bounded(
            [[cell.strip()[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]] for row in islice(reader, MOST_ROWS + 1)]
        )
    except csv.Error as error:
        raise UnreadableProgramme("This table cannot be read: %(why)s.", why=str(error)) from None


def rows_of_spreadsheet(content: bytes) -> Rows:
    """The sheet with the most in it."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_index(number) for number in range(min(len(book.sheet_names), 20))]
        sheet = max(sheets, key=lambda one: (one.total_height * one.total_width, -sheets.index(one)))
        if sheet.total_height > MOST_ROWS:
            raise UnreadableProgramme("This table has more than 20,000 rows.")
        rows = sheet.to_python(nrows=MOST_ROWS)
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableProgramme("This spreadsheet cannot be read: %(why)s.", why=str(error)[:200]) from None
    return _bounded([[_cell(cell) for cell in row[:MOST_COLUMNS]] for row in rows])


def rows_of_records(data: object) -> Rows:
    """The longest list of objects in a JSON file; each is a row, its keys are the header."""
    lists = [data] if isinstance(data, list) else list(data.values()) if isinstance(data, Mapping) else []
    records = [
        [one for one in some if isinstance(one, Mapping)]
        for some in lists
        if isinstance(some, list) and any(isinstance(one, Mapping) for one in some)
    ]
    if not records:
        raise UnreadableProgramme("This JSON is in no form that is known, and holds no list of talks.")
    longest = max(records, key=len)[: MOST_ROWS + 1]
    header = list(dict.fromkeys(str(key) for record in longest for key in record))[:MOST_COLUMNS]
    return _bounded([header, *([_flat(record.get(name)) for name in header] for record in longest)])


def _bounded(rows: Rows) -> Rows:
    if len(rows) > MOST_ROWS:
        raise UnreadableProgramme("This table has more than 20,000 rows.")
    kept = [row for row in rows if any(cell not in ("", None) for cell in row)]
    if not kept:
        raise UnreadableProgramme("This table is empty.")
    return kept


def _cell(cell: object) -> object:
    if isinstance(cell, str):
        return cell.strip()[:LONGEST_CELL]
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell


def _flat(value: object) -> str:
    if isinstance(value, str | int | float):
        return str(value).strip()[:LONGEST_CELL]
    if isinstance(value, Sequence):
        return "; ".join(str(one).strip() for one in value if isinstance(one, str | int) and str(one).strip())
    return ""


def _decoded(content: bytes) -> str:
    """UTF-8 where it fits, else the older code page in which it has the more letters."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pages = [content.decode(name, "replace") for name in ("cp1252", "mac_roman")]
        return max(pages, key=_plausible)


def _plausible(text: str) -> int:
    """How many of its odd signs stand where letters and marks of European texts stand."""
    odd = re.findall(r"[^\x00-\x7f]", text)
    inside = re.findall(r"(?<=[^\W\d_])[à-öø-ÿœß’](?=[^\W\d_]|\b)", text)
    return (
        3 * len(inside)
        + sum(sign in "–—‘’“”…•éèäöüßñçáíóú" for sign in odd)
        - 2 * sum(sign in "�†‡ˆ‰¤¦¬¶" for sign in odd)
    )


def _separator(text: str) -> str:
    """The sign that stands equally often, and most, in the first lines outside quotes."""
    bare = re.sub(r'"(?:[^"]|"")*"', "", text[:100_000])
    lines = [line for line in bare.split("\n")[:40] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in SEPARATORS}

    def steady(sign: str) -> tuple[float, int]:
        some = counts[sign]
        usual = max(set(some), key=some.count) if some else 0
        return (some.count(usual) / len(some) if usual else 0.0, usual)

    return max(SEPARATORS, key=steady) if lines else ","
