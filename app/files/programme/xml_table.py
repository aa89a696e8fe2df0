"""XML of somebody's own as a table: its entries are the rows; what stands in them and around them, the columns."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

from app.files.programme.column_mapping import guessed
from app.files.programme.spreadsheet import Rows

DEEPEST_ENTRY = 12
"""What lies deeper is no entry of a programme."""
Around = tuple[tuple[str, ET.Element], ...]
"""Elements from the root down, each with its name."""


def rows_of_xml(root: ET.Element) -> Rows:
    """The rows with their header first; none where no entry has anything that could be a title."""
    entries: dict[tuple[str, ...], list[Around]] = defaultdict(list)
    for around in _elements(root):
        if len(around) > 1 and (len(around[-1][1]) or around[-1][1].attrib):
            entries[tuple(name for name, _ in around)].append(around)
    tables = [_table(found) for found in entries.values()]
    return max(tables, key=lambda table: (_sure(table), len(table)), default=[]) if any(map(_sure, tables)) else []


def _sure(table: Rows) -> int:
    columns = guessed(table[0])
    return len(columns) if "title" in columns else 0


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
    header = list(dict.fromkeys(name for one in told for name in one))
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
    return {**element.attrib, **{name: "; ".join(filter(None, parts)) for name, parts in said.items()}}


def _its_name(element: ET.Element) -> str:
    """Of a speaker with a biography only the name."""
    parts = list(element)
    return _text(next((part for part in parts if "name" in _name(part).casefold()), parts[0] if parts else element))


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
