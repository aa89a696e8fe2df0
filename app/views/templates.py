"""The Jinja environment: autoescaped, strict, and in the language that is spoken when it renders."""

import re
from datetime import UTC, date, datetime
from itertools import groupby
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.numbers import format_decimal, format_percent
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context

from app.domain.brand import Brand, as_colour
from app.domain.linked import linked
from app.domain.masking import stands_in
from app.domain.network import Networks
from app.domain.screening.reading.blanks import has_words
from app.domain.screening.reading.shown import TEXT
from app.domain.wall_room import fits_a_column
from app.queries.desk_card import DeskCard
from app.views import log_words, words
from app.views.brand_sheet import logo_plate, sheet_path
from app.views.initials import initial
from app.views.linked import reachable
from app.views.rendering import PassingContext, PassingTemplate
from app.views.static_files import FRONTEND, VersionedStatic
from app.views.translation import as_read, explained, forms, gettext, ngettext, say, spoken


class Compiled(BytecodeCache):
    """Templates that were compiled already: every environment of this process has the same ones."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def templates(static: VersionedStatic, networks: Networks) -> Environment:
    environment = plain_templates()
    environment.globals.update(
        static=static.url,
        picture=lambda key: f"/pictures/{key}",
        colour=as_colour,
        brand=lambda event: Brand.from_json(event.brand),
        brand_sheet=sheet_path,
        logo_plate=logo_plate,
        origin=networks.origin,
        origins=networks.origins,
    )
    return environment


def plain_templates() -> Environment:
    """For what is no page of the server, and so has neither pictures nor styles of it."""
    environment = Environment(
        loader=FileSystemLoader(FRONTEND / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=COMPILED,
        # Each part of each card would be looked up on the disk anew; `serve --reload` starts afresh instead.
        auto_reload=False,
    )
    environment.template_class, environment.context_class = PassingTemplate, PassingContext
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(spoken=spoken, forms=forms, words=words, log_words=log_words)
    environment.filters.update(
        said=say,
        explained=explained,
        number=_number,
        percent=_percent,
        clock=_clock,
        day=_day,
        clock_in=clock_in,
        day_in=day_in,
        date=date_said,
        weekday=_weekday,
        utc=_utc,
        isoday=lambda at, zone: at.astimezone(ZoneInfo(zone)).date().isoformat(),
        isoclock=lambda at, zone: at.astimezone(ZoneInfo(zone)).time().isoformat("minutes"),
        iso=lambda at: at.isoformat(),
        utciso=lambda at: at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        moment=_moment,
        folded=folded,
        fits_a_column=fits_a_column,
        has_words=has_words,
        linked=linked,
        reachable=reachable,
        initial=initial,
        spans=_spans,
    )
    return environment


def _number(number: float) -> str:
    return str(format_decimal(number, locale=spoken().locale))


def _percent(share: float) -> str:
    return str(format_percent(share, locale=spoken().locale))


@pass_context
def _clock(context: Context, at: datetime) -> str:
    """The time of day in the event's own zone."""
    return as_read(format_time(at.astimezone(_zone(context)).time(), "short", locale=spoken().locale))


@pass_context
def _day(context: Context, at: datetime) -> str:
    return as_read(format_skeleton("MMMEd", at.astimezone(_zone(context)), locale=spoken().locale))


def clock_in(at: datetime, zone: str) -> str:
    return as_read(format_time(at.astimezone(ZoneInfo(zone)).time(), "short", locale=spoken().locale))


def day_in(at: datetime, zone: str) -> str:
    return date_said(at.astimezone(ZoneInfo(zone)))


def date_said(on: date) -> str:
    """A day with its year: that of a file may be any."""
    return as_read(format_skeleton("yMMMEd", on, locale=spoken().locale))


def _weekday(on: date) -> str:
    return as_read(format_date(on, "EEEE", locale=spoken().locale))


def _utc(at: datetime) -> str:
    """To the second, for files that are evidence."""
    return as_read(format_datetime(at, "d MMM y HH:mm:ss", tzinfo=UTC, locale=spoken().locale))


def _moment(stored: object) -> datetime | None:
    """A time that is kept inside a text; None for what is none."""
    try:
        at = datetime.fromisoformat(str(stored))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _spans(card: DeskCard, field: str = TEXT, place: int = 0) -> list[tuple[str, bool]]:
    """What stands in a field, cut where signals point: each piece, and whether one does. Empty if none does."""
    text = card.shown(field, place)
    own = [signal for signal in card.post.signals if signal["level"] != "note" and stands_in(signal, field, place)]
    marked = {
        at
        for signal in own
        for start, end in cast(list[tuple[int, int]], signal["spans"])
        for at in range(start, min(end, len(text)))
    }
    if not marked and text == card.uncovered(field, place):
        return []
    pieces = groupby(range(len(text)), key=marked.__contains__)
    return [("".join(text[at] for at in places), is_marked) for is_marked, places in pieces]


def _zone(context: Context) -> ZoneInfo:
    return ZoneInfo(context["event"].zone)


def folded(text: str) -> str:
    """As it is shown: however many empty lines stand in a row, one is seen."""
    return _EMPTY_LINES.sub("\n\n", text)


_EMPTY_LINES = re.compile(r"(?:[^\S\n]*\n){3,}")
