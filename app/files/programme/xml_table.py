"""XML of somebody's own as a table: its entries are the rows; what stands in them and around them, the columns."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice
from xml.etree import ElementTree as ET

from app.files.programme.column_mapping import guessed, plain
from app.files.programme.spreadsheet import Rows

DEEPEST_ENTRY = 12
"""What lies deeper is no entry of a programme."""
MOST_ROWS, MOST_COLUMNS = 20_000, 200
"""What has more is no programme either, and a table of it would not fit in memory."""
_LIKE_A_TIME = re.compile(r"\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}")
Around = tuple[tuple[str, ET.Element], ...]
"""Elements from the root down, each with its name."""


def rows_of_xml(root: ET.Element, named: Collection[str] = ()) -> Rows:
    """The rows with their header first: of what has most columns that are `named`, or could be those of a programme.

    None where nothing repeats in which something could be a title or a time.
    """
    entries: dict[tuple[str, ...], list[Around]] = defaultdict(list)
    for around in _elements(root):
        if len(around) > 1 and (len(around[-1][1]) or around[-1][1].attrib):
            entries[tuple(name for name, _ in around)].append(around)
    wanted = set(map(plain, named))
    tables = [
        (len(wanted.intersection(map(plain, table[0]))), _known(table), _has_times(table), len(table), table)
        for found in entries.values()
        if len(found) <= MOST_ROWS and len((table := _table(found))[0]) <= MOST_COLUMNS
    ]
    *found_in_it, _, best = max(tables, key=lambda one: one[:4], default=(0, 0, False, 0, []))
    return best if any(found_in_it) else []


def _known(table: Rows) -> int:
    """How many columns are known by their names; 0 without a title."""
    columns = guessed(table[0])
    return len(columns) if "title" in columns else 0


def _has_times(table: Rows) -> bool:
    return len(table[0]) > 1 and any(_LIKE_A_TIME.search(cell) for row in table[1:] for cell in row)


def _elements(root: ET.Element) -> Iterator[Around]:
    waiting: list[Around] = [((_name(root), root),)]
    while waiting:
        around = waiting.pop()
        yield around
        if len(around) < DEEPEST_ENTRY:
            waiting.extend((*around, (_name(child), child)) for child in reversed(around[-1][1]))


def _table(entries: list[Around]) -> Rows:
    above = cache(_said_above)
    told = [
        {**{name: said for one in around[:-1] for name, said in above(*one).items()}, **_told(around[-1][1])}
        for around in entries
    ]
    header = list(islice(dict.fromkeys(name for one in told for name in one), MOST_COLUMNS + 1))
    return [header, *([one.get(name, "") for name in header] for one in told)]


def _said_above(name: str, element: ET.Element) -> dict[str, str]:
    """What a day or a room says of everything in it, under both names: `day date`."""
    return {f"{name} {of}": said for of, said in _told(element, with_lists=False).items()}


def _told(element: ET.Element, *, with_lists: bool = True) -> dict[str, str]:
    """Its attributes, and what its children say; several of one name, or within one, are set apart by semicolons."""
    said: dict[str, list[str]] = defaultdict(list)
    for child in element:
        if len(child) and with_lists:
            said[_name(child)] += [_its_name(one) for one in child]
        elif not len(child):
            said[_name(child)].append(_text(child))
    return {
        **element.attrib,
        **{name: words for name, parts in said.items() if (words := "; ".join(filter(None, parts)))},
    }


def _its_name(element: ET.Element) -> str:
    """Of a speaker with a biography only the name."""
    parts = list(element)
    return _text(next((part for part in parts if "name" in _name(part).casefold()), parts[0] if parts else element))


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
