"""What a file is, found by what is in it and not by its name, and read by the reader of that format."""

import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from app.domain.programme_matching import Programme, UnreadableProgramme
from app.files.programme.calendar import read_calendar
from app.files.programme.column_mapping import Mapping
from app.files.programme.encodings import in_utf_8
from app.files.programme.event_days import EventDays
from app.files.programme.filling_in import settle
from app.files.programme.found_talks import FoundProgramme
from app.files.programme.frab_json import is_frab, is_slots, read_frab, read_slots
from app.files.programme.frab_xml import is_frab_xml, parsed_xml, read_frab_xml
from app.files.programme.indico import is_indico, read_indico
from app.files.programme.open_event import is_open_event, read_open_event
from app.files.programme.sessionize import is_all, is_grid, is_sessions, read_all, read_grid, read_sessions
from app.files.programme.spreadsheet import rows_of_csv, rows_of_records, rows_of_spreadsheet
from app.files.programme.tables import read_table
from app.files.programme.xml_table import rows_of_xml

NO_DAYS = EventDays()
LARGEST_FILE = 25_000_000
"""Bytes of a file as it comes; unpacked it may be four times that."""
MOST_TALKS = 5_000
DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError)
"""What zipfile raises for bytes that are none of its own."""
JSON_FORMS: tuple[tuple[Callable[[Any], bool], Callable[[Any], FoundProgramme]], ...] = (
    (is_frab, read_frab),
    (is_slots, read_slots),
    (is_indico, read_indico),
    (is_all, read_all),
    (is_grid, read_grid),
    (is_sessions, read_sessions),
)


def read_programme_file(
    content: bytes, zone: str, *, days: EventDays = NO_DAYS, chosen: str = "", mapping: Mapping | None = None
) -> Programme:
    """A programme in any form we know. Times without a zone are of `chosen`, else the file's own, else `zone`.
    Weekdays, and days without a year, are those among the event's `days`.

    Raises UnreadableProgramme with a sentence for the organiser; nothing is read by halves. With a `mapping` the
    file is a table, whatever it looks like.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableProgramme("This file is too large: at most 25 MB are read.")
    content = in_utf_8(_unzipped(content))
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableProgramme("This file is empty.")
    try:
        found = _found(content, mapping, days)
        if len(found.talks) > MOST_TALKS:
            raise UnreadableProgramme("This file has more than 5,000 entries.")
        programme = settle(found, zone, chosen=chosen)
    except (ArithmeticError, ValueError, LookupError, TypeError, RecursionError):
        raise UnreadableProgramme("Something in this file cannot be: a time, a length or a form.") from None
    if not programme.talks and not programme.skipped:
        raise UnreadableProgramme("There is no talk in this file.")
    return programme


def _found(content: bytes, mapping: Mapping | None, days: EventDays) -> FoundProgramme:
    if content.startswith(b"PK\x03\x04"):
        return _of_zip(content, mapping, days)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return read_table(rows_of_spreadsheet(content), "xls", mapping, days)
    begins = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.search(rb"BEGIN:VCALENDAR", content[:65_536], re.IGNORECASE):
        return read_calendar(content)
    if re.match(rb"<!doctype\s+html|<html\b", begins, re.IGNORECASE):
        raise UnreadableProgramme("This is a web page and no programme. Look there for a link such as “Export”.")
    if begins.startswith(b"<"):  # a server that puts an empty line before it is forgiven
        return _of_xml(content.lstrip(b"\xef\xbb\xbf \t\r\n"), mapping, days)
    if begins.startswith((b"{", b"[")):
        return _of_json(content, mapping, days)
    return read_table(rows_of_csv(content), "csv", mapping, days)


def _of_zip(content: bytes, mapping: Mapping | None, days: EventDays) -> FoundProgramme:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            names = opened.namelist()
            unpacked = sum(part.file_size for part in opened.infolist())
    except DAMAGED:
        raise UnreadableProgramme("This file begins like a zip, and is none.") from None
    if unpacked > 4 * LARGEST_FILE or len(names) > 2_000:
        raise UnreadableProgramme("Unpacked, this file would be too large.")
    if is_open_event(names):
        try:
            return read_open_event(content)
        except DAMAGED:
            raise UnreadableProgramme("This zip is damaged.") from None
    if any(name.startswith(("xl/", "content.xml")) for name in names):
        return read_table(rows_of_spreadsheet(content), "xlsx", mapping, days)
    alone = [name for name in names if not name.endswith("/") and not name.startswith("__MACOSX/")]
    if len(alone) == 1:
        return _found(in_utf_8(_unzipped(_only(content, alone[0]))), mapping, days)
    raise UnreadableProgramme("This zip is neither an Open Event export nor a spreadsheet.")


def _only(content: bytes, name: str) -> bytes:
    """The one file of a zip: somebody packed it for a letter. A zip in a zip is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened, opened.open(name) as file:
            inside = file.read(4 * LARGEST_FILE + 1)
    except DAMAGED:
        raise UnreadableProgramme("This zip is damaged.") from None
    if len(inside) > 4 * LARGEST_FILE:
        raise UnreadableProgramme("Unpacked, this file would be too large.")
    if inside.startswith(b"PK\x03\x04"):
        raise UnreadableProgramme("This zip holds another one. Unpack it first.")
    return inside


def _of_json(content: bytes, mapping: Mapping | None, days: EventDays) -> FoundProgramme:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableProgramme("This JSON is not in UTF-8.") from None
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise UnreadableProgramme("This JSON cannot be read; it goes wrong in line %(line)d.", line=line) from None
    for is_form, read in JSON_FORMS:
        if mapping is None and is_form(data):
            return read(data)
    return read_table(rows_of_records(data), "json table", mapping, days)


def _of_xml(content: bytes, mapping: Mapping | None, days: EventDays) -> FoundProgramme:
    root = parsed_xml(content)
    if mapping is None and is_frab_xml(root):
        return read_frab_xml(root)
    named = [name for names in mapping.columns.values() for name in names] if mapping else []
    if rows := rows_of_xml(root, named):
        return read_table(rows, "xml table", mapping, days)
    tags = ", ".join(dict.fromkeys(str(element.tag) for element in root.iter()))
    raise UnreadableProgramme(
        "This XML is not a programme in the form of frab, Pentabarf or pretalx: no <event> stands in a <day> of a "
        "<schedule>, and nothing in it has a title or a time. It has: %(tags)s. Export it in one of these forms, or "
        "as a spreadsheet.",
        tags=tags[:200],
    )


def _unzipped(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            plain = file.read(4 * LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableProgramme("This file is cut off or damaged: it cannot be unpacked.") from None
    if len(plain) > 4 * LARGEST_FILE:
        raise UnreadableProgramme("Unpacked, this file would be too large.")
    return plain
