"""The Jinja environment: autoescaped, strict, translated; and static files named after their content."""

import gettext
import hashlib
import os
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from fastapi import Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.types import Scope

from app.queries.desk import DeskCard

_HERE = Path(__file__).resolve().parent.parent
FRONTEND = _HERE / "frontend" if (_HERE / "frontend").is_dir() else _HERE.parent / "frontend"


class VersionedStatic(StaticFiles):
    """Files under `/static/{hash of the whole tree}/…`, so that relative imports and url() keep working."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory)
        self.root = directory
        self.version = _tree_hash(directory)

    def url(self, path: str) -> str:
        """Where a file is served. Raises KeyError for one that is not there."""
        if not (self.root / path).is_file():
            raise KeyError(path)
        return f"/static/{self.version}/{path}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        version, _, rest = path.partition(os.sep)
        response = await super().get_response(rest, scope)
        fresh = version == self.version
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
        return response


def templates(static: VersionedStatic) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FRONTEND / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations = gettext.translation("backchannel", FRONTEND / "locale", ["en"], fallback=True)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["static"] = static.url
    environment.globals["picture"] = lambda key: f"/pictures/{key}"
    environment.filters.update(clock=_clock, day=_day, iso=lambda at: at.isoformat(), spans=_spans)
    return environment


@pass_context
def _clock(context: Context, at: datetime) -> str:
    """The time of day in the event's own zone."""
    return at.astimezone(_zone(context)).strftime("%H:%M")


@pass_context
def _day(context: Context, at: datetime) -> str:
    local = at.astimezone(_zone(context))
    return f"{local:%a} {local.day} {local:%b}"


def _spans(card: DeskCard) -> list[tuple[str, bool]]:
    """The text cut where signals point into it: each piece, and whether one does. Empty if nothing is to be seen."""
    post, text = card.post, card.text
    marked = {
        place
        for signal in post.signals
        if signal["level"] != "note"
        for start, end in cast(list[tuple[int, int]], signal["spans"])
        for place in range(start, min(end, len(text)))
    }
    if not marked and not card.masked:
        return []
    pieces = groupby(range(len(text)), key=marked.__contains__)
    return [("".join(text[place] for place in places), is_marked) for is_marked, places in pieces]


def _zone(context: Context) -> ZoneInfo:
    return ZoneInfo(context["event"].zone)


def _tree_hash(root: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
