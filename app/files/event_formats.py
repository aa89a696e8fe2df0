"""The formats that an Event is exported in."""

from collections.abc import Callable

from app.domain.network import Networks
from app.files.event_csv import as_csv
from app.files.event_json import as_json
from app.files.event_markdown import as_markdown
from app.queries.archive import Archive

FORMATS: dict[str, Callable[[Archive, Networks], str]] = {
    "json": lambda archive, _: as_json(archive),
    "csv": lambda archive, _: as_csv(archive),
    "md": as_markdown,
}
