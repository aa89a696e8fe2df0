"""A table of talks: one row each, or one row for each presenter of a talk."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.programme_matching import UnreadableProgramme, normal
from app.domain.sentence import Sentence
from app.files.programme.cells import clock_of, lasting_of, span_of
from app.files.programme.column_mapping import Mapping, guessed, plain
from app.files.programme.event_days import EventDays
from app.files.programme.found_talks import CANCELLED, NOT_ACCEPTED, FoundProgramme, FoundTalk
from app.files.programme.spreadsheet import Rows
from app.files.programme.times import day, moment

LOOKED_AT = 15
"""In so many of the first rows a header is looked for."""
NOTHING = {"", ".", "-", "–", "na", "n/a", "none", "null", "tbd", "tba"}
YES = re.compile(r"y(es)?|true|1|x|✓|ja|oui|ydy|ie", re.IGNORECASE)
PEOPLE_APART = re.compile(r"\s*[;\n|]\s*")


class UnknownColumns(UnreadableProgramme):
    """A table whose columns must be told; carries its first rows for a person to look at."""

    def __init__(self, message: str, rows: Rows, /, **facts: object) -> None:
        super().__init__(message, **facts)
        self.rows = rows[:LOOKED_AT]


def read_table(rows: Rows, form: str, mapping: Mapping | None, days: EventDays) -> FoundProgramme:
    columns, begins = _by_mapping(rows, mapping) if mapping else _by_guess(rows)
    table = _Table(columns, rows[begins:], mapping or Mapping({}), days)
    talks = _together([talk for row in rows[begins:] if (talk := table.talk(row)) is not None], "id" in columns)
    if not any(talk.starts_at for talk in talks):
        cells = [
            str(row[place]) for row in rows[begins:] for place in columns.get("date", columns.get("start", ()))[:1]
        ]
        raise UnknownColumns(
            "No row of this table has a day and a time that can be read (“%(example)s”). Say which days are meant.",
            rows,
            example=next((cell for cell in cells if cell.strip()), "")[:40],
        )
    return FoundProgramme(form, talks, warnings=table.warnings)


def _by_mapping(rows: Rows, mapping: Mapping) -> tuple[dict[str, tuple[int, ...]], int]:
    wanted = {plain(name) for names in mapping.columns.values() for name in names if not name.startswith("#")}
    at = mapping.header
    if at is None:
        found = [sum(plain(cell) in wanted for cell in row) for row in rows[:LOOKED_AT]]
        at = found.index(max(found)) + 1 if any(found) else 0
    header = [plain(cell) for cell in _header(rows, at - 1)] if at else []
    columns = {}
    for meaning, names in mapping.columns.items():
        places = []
        for name in names:
            if re.fullmatch("#[0-9]{1,4}", name):
                places.append(int(name[1:]) - 1)
            elif plain(name) in header:
                places.append(header.index(plain(name)))
            else:
                raise UnknownColumns("There is no column “%(name)s” in this table.", rows, name=name)
        columns[meaning] = tuple(places)
    return columns, at


def _by_guess(rows: Rows) -> tuple[dict[str, tuple[int, ...]], int]:
    best: tuple[dict[str, tuple[int, ...]], int] = {}, 0
    for number in range(min(LOOKED_AT, len(rows))):
        columns = guessed(_header(rows, number))
        if len(columns) > len(best[0]):
            best = columns, number + 1
    columns, begins = best
    if "title" not in columns or not ({"start", "time", "date"} & columns.keys()):
        raise UnknownColumns(
            "It cannot be told which column of this table is the title and which the time. Say which is which, or use "
            "our template.",
            rows,
        )
    return columns, begins


def _header(rows: Rows, number: int) -> list[Any]:
    """A header, where a cell that is empty or only a number takes the words of the row above, as merged cells do."""
    header = list(rows[number])
    if number == 0:
        return header
    above, last = list(rows[number - 1]), ""
    for place, cell in enumerate(header):
        over = above[place] if place < len(above) else ""
        last = str(over) if str(over).strip() else last
        if last and not re.search(r"[^\W\d]", str(cell)) and str(cell).strip():
            header[place] = f"{last} {place}"
    return header


class _Table:
    """Reads row after row; a day that is left empty is the day of the row above."""

    def __init__(self, columns: dict[str, tuple[int, ...]], rows: Rows, mapping: Mapping, days: EventDays) -> None:
        self._columns, self._mapping, self._days = columns, mapping, days
        self.warnings: list[Sentence] = []
        self._month_first = self._order_of_days(rows) if mapping.month_first is None else mapping.month_first
        self._day = mapping.day or (days.only if "date" not in columns else None)

    def talk(self, row: Sequence[Any]) -> FoundTalk | None:
        """What a row tells; None for one with neither title nor time, which is a rule or a remark."""
        title = next((said for cell in self._cells(row, "title") if (said := _said(str(cell).strip()))), "")
        starts_at, ends_at = self._times(row)
        if not title and starts_at is None:
            return None
        state = self._text(row, "state").casefold()
        numbers = self._text(row, "id")
        return FoundTalk(
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            lasts=self._read(row, "duration", lasting_of),
            room=_said(self._text(row, "room")),
            speakers=self._speakers(row),
            do_not_share=YES.fullmatch(self._text(row, "do_not_share")) is not None,
            ids=[f"id:{numbers}"] if numbers else [],
            why_not=_state(state),
        )

    def _cells(self, row: Sequence[Any], name: str) -> list[Any]:
        return [row[place] for place in self._columns.get(name, ()) if place < len(row)]

    def _text(self, row: Sequence[Any], name: str) -> str:
        return next((str(cell).strip() for cell in self._cells(row, name)), "")

    def _read(self, row: Sequence[Any], name: str, read: Callable[[Any], Any]) -> Any:
        for cell in self._cells(row, name):
            with suppress(ValueError):
                return read(cell)
        return None

    def _times(self, row: Sequence[Any]) -> tuple[datetime | None, datetime | None]:
        whole = self._read(row, "start", self._moment)
        dated = self._read(row, "date", self._moment)
        self._day = self._read(row, "date", self._day_of) or (whole.date() if whole else None) or self._day
        pair = self._read(row, "time", span_of)
        begins = self._read(row, "start", clock_of) or (pair[0] if pair else self._read(row, "time", clock_of))
        ends = self._read(row, "end", clock_of) or (pair[1] if pair else None)
        starts_at = whole or (datetime.combine(self._day, begins) if self._day and begins is not None else dated)
        ends_at = self._read(row, "end", self._moment)
        if ends_at is None and starts_at is not None and ends is not None:
            ends_at = datetime.combine(starts_at.date(), ends, starts_at.tzinfo)
            ends_at += timedelta(days=ends_at < starts_at)
        return starts_at, ends_at

    def _moment(self, cell: Any) -> datetime:
        if isinstance(cell, datetime):
            return cell
        if isinstance(cell, str) and re.search(r"\d[T ,]+\d{1,2}[:.h]\d{2}", cell):
            return moment(cell, month_first=self._month_first)
        raise ValueError(cell)

    def _day_of(self, cell: Any) -> date:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        meant = self._mapping.days.get(str(cell).strip().casefold())
        if meant is not None:
            return meant
        year = self._day.year if self._day else self._days.year
        with suppress(ValueError):
            return day(str(cell), month_first=self._month_first, year=year)
        meant = self._days.meant(str(cell))
        if (said := self._days.said()) not in self.warnings:
            self.warnings.append(said)
        return meant

    def _speakers(self, row: Sequence[Any]) -> list[str]:
        cells = [str(cell).strip() for cell in self._cells(row, "speakers")]
        parts = [part for cell in cells for part in PEOPLE_APART.split(cell)]
        if len(self._columns.get("speakers", ())) == 1:
            parts = [name for part in parts for name in re.split(r"\s*,\s*", part)]
        named = (re.sub(r"^\d+:\s*", "", part) for part in parts)
        return [name for name in named if name.casefold() not in NOTHING]

    def _order_of_days(self, rows: Rows) -> bool:
        """Whether 4/3/16 is the third of April: where one reading is impossible the other, else that of fewer days."""
        found = [
            tuple(map(int, match.groups()))
            for row in rows
            for name in ("date", "start")
            for cell in self._cells(row, name)
            if (match := re.match(r"\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}", str(cell)))
        ]
        if any(first > 12 for first, _ in found) or not found:
            return False
        if any(second > 12 for _, second in found):
            return True
        month_first = len({first for first, _ in found}) < len({second for _, second in found})
        reading = Sentence("month first") if month_first else Sentence("day first")
        self.warnings.append(
            Sentence("Its days may be read in two ways; they are read with the %(order)s.", order=reading)
        )
        return month_first


def _together(talks: list[FoundTalk], with_ids: bool) -> list[FoundTalk]:
    """Rows of one talk, one for each presenter, become one."""
    first: dict[object, FoundTalk] = {}
    for talk in talks:
        sign = (normal(talk.title), talk.starts_at, talk.ends_at, talk.room, tuple(talk.ids) if with_ids else ())
        known = first.setdefault(sign if talk.title else id(talk), talk)
        if known is not talk:
            known.speakers += [name for name in talk.speakers if name not in known.speakers]
    return list(first.values())


def _said(text: str) -> str:
    return "" if text.casefold() in NOTHING else text


def _state(state: str) -> Sentence | None:
    if "cancel" in state or "withdrawn" in state:
        return CANCELLED
    return NOT_ACCEPTED if re.search(r"reject|declin|draft|pending|submitted|waitlist|nominated", state) else None
