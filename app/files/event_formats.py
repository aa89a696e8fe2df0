"""The formats that an Event is exported in, each written piece by piece."""

from collections.abc import AsyncIterator, Callable

from app.domain.network import Networks
from app.files.event_csv import as_csv
from app.files.event_json import as_json
from app.files.event_markdown import as_markdown
from app.files.event_reading import EventReading

Write = Callable[[EventReading, Networks], AsyncIterator[str]]

FORMATS: dict[str, Write] = {"json": as_json, "csv": as_csv, "md": as_markdown}
