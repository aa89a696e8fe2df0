"""Calendars (.ics): what happens once and what comes again, in any zone. Descriptions are never taken over."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from app.domain.programme_matching import UnreadableProgramme
from app.domain.sentence import Sentence, counted
from app.files.programme.found_talks import ALL_DAY, CANCELLED, FoundProgramme, FoundTalk
from app.files.programme.times import zone_named

OCCURRENCES = 400
"""So often one entry may come again; what goes on without an end stops there."""
AHEAD = timedelta(days=366 * 3)
_INSIDE = re.compile(rb"BEGIN:VCALENDAR.*END:VCALENDAR", re.DOTALL | re.IGNORECASE)
_SPEAKERS = re.compile(
    r"(?:speakers?|presenters?|presented by|by|von|mit|par|avec|referent(?:in|en)?|sprecher(?:in)?)\s*:\s*(.+)",
    re.IGNORECASE,
)
_ONLINE = re.compile(r"://|\bwww\.|pass(?:code|word)|meeting id", re.IGNORECASE)


def read_calendar(content: bytes) -> FoundProgramme:
    inside = _INSIDE.search(re.sub(rb"\r+\n|\r|\n", b"\r\n", content))
    if inside is None:
        raise UnreadableProgramme("This calendar has no end: END:VCALENDAR is missing.")
    try:
        calendar = Calendar.from_ical(inside[0])
    except (ValueError, IndexError, KeyError) as error:
        raise UnreadableProgramme("This calendar cannot be read: %(why)s.", why=str(error)[:200]) from None
    entries: list[Any] = [entry for entry in calendar.walk("VEVENT") if _day_of(entry, "DTSTART") is not None]
    named = [(str(entry.get("UID")), _day_of(entry, "RECURRENCE-ID")) for entry in entries]
    moved = {(uid, _instant(at)) for uid, at in named if at is not None}
    talks = [talk for entry in entries for talk in _talks(entry, moved)]
    warnings: list[Sentence] = []
    again = sum("RRULE" in entry for entry in entries)
    if again:
        warnings.append(
            counted(
                "%(num)d entry comes again; each time is a talk.",
                "%(num)d entries come again; each time is a talk.",
                again,
            )
        )
    return FoundProgramme("ics", talks, zone=_zone(calendar, talks), warnings=warnings)


def _zone(calendar: Any, talks: list[FoundTalk]) -> str:
    """The zone of most entries that name one, else the calendar's."""
    named = Counter(str(getattr(talk.starts_at.tzinfo, "key", "")) for talk in talks if talk.starts_at)
    found = (zone_named(name) for name, _ in named.most_common() if name not in {"", "UTC"})
    return next(filter(None, found), "") or zone_named(str(calendar.get("X-WR-TIMEZONE", "")))


def _talks(entry: Any, moved: set[tuple[str, str]]) -> Iterator[FoundTalk]:
    starts, uid = _day_of(entry, "DTSTART"), str(entry.get("UID", ""))
    original = _day_of(entry, "RECURRENCE-ID")
    for at in _times(entry, starts) if starts is not None else ():
        if original is None and (uid, _instant(at)) in moved:
            continue  # this time it is another entry
        # A series knows a time that was moved by the time it had before.
        yield FoundTalk(
            title=str(entry.get("SUMMARY", "")),
            starts_at=at if isinstance(at, datetime) else _midnight(at),
            lasts=_lasts(entry),
            room=_room(str(entry.get("LOCATION", ""))),
            speakers=_speakers(entry),
            ids=[f"uid:{uid}@{_instant(original or at)}", f"uid:{uid}"] if uid else [],
            why_not=_why_not(entry, at),
        )


def _why_not(entry: Any, at: date) -> Sentence | None:
    if str(entry.get("STATUS", "")).upper() == "CANCELLED":
        return CANCELLED
    return None if isinstance(at, datetime) else ALL_DAY


def _lasts(entry: Any) -> timedelta | None:
    lasts, starts, ends = _value(entry, "DURATION"), _day_of(entry, "DTSTART"), _day_of(entry, "DTEND")
    if isinstance(lasts, timedelta):
        return lasts
    with suppress(TypeError):
        return ends - starts if starts is not None and ends is not None else None
    return None


def _value(entry: Any, name: str) -> Any:
    """What a property says; None if it is not there, stands there twice, or cannot be read."""
    with suppress(AttributeError, BrokenCalendarProperty):
        return entry.get(name).dt
    return None


def _day_of(entry: Any, name: str) -> date | None:
    value = _value(entry, name)
    return value if isinstance(value, date) else None


_TOO_OFTEN = re.compile(r"FREQ=(?:SECONDLY|MINUTELY|HOURLY)", re.IGNORECASE)
"""No talk comes so often; and a rule that never comes is looked through for ever, second by second."""


def _times(entry: Any, starts: date) -> list[date]:
    """All times of an entry, by the clock on the wall of its zone, so that a change of clocks moves no meeting."""
    if "RRULE" not in entry and "RDATE" not in entry:
        return [starts]
    zone = starts.tzinfo if isinstance(starts, datetime) else None
    wall = starts.replace(tzinfo=None) if isinstance(starts, datetime) else _midnight(starts)
    times = {wall}
    for rule in _listed(entry.get("RRULE")):
        text = _without_zone(rule.to_ical().decode(), zone)
        if _TOO_OFTEN.search(text):
            continue
        with suppress(ValueError):
            for number, at in enumerate(rrulestr(text, dtstart=wall)):
                if number >= OCCURRENCES or at > wall + AHEAD:
                    break
                times.add(at)
    times |= {_wall(at, zone) for at in _dates(entry, "RDATE")}
    times -= {_wall(at, zone) for at in _dates(entry, "EXDATE")}
    if not isinstance(starts, datetime):
        return [at.date() for at in sorted(times)]
    return [at.replace(tzinfo=zone) for at in sorted(times)]


def _dates(entry: Any, name: str) -> list[date]:
    return [one.dt for listed in _listed(entry.get(name)) for one in listed.dts if isinstance(one.dt, date)]


def _midnight(at: date) -> datetime:
    return datetime.combine(at, time())


def _without_zone(rule: str, zone: Any) -> str:
    """UNTIL as the wall's clock has it: it stands in UTC in most files."""

    def on_the_wall(found: "re.Match[str]") -> str:
        until = datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return f"UNTIL={until.astimezone(zone or UTC):%Y%m%dT%H%M%S}"

    return re.sub(r"UNTIL=(\d{8}T\d{6}Z)", on_the_wall, rule)


def _wall(at: date, zone: Any) -> datetime:
    if not isinstance(at, datetime):
        return _midnight(at)
    return (at.astimezone(zone) if at.tzinfo is not None and zone is not None else at).replace(tzinfo=None)


def _instant(at: date) -> str:
    if not isinstance(at, datetime):
        return f"{at:%Y%m%d}"
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" if at.tzinfo is not None else f"{at:%Y%m%dT%H%M%S}"


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _room(text: str) -> str:
    """A place, never an address to dial into: those come with passcodes."""
    return "" if _ONLINE.search(text) else text


def _speakers(entry: Any) -> list[str]:
    """Who is named as a speaker. People with an e-mail address are guests of a calendar, not speakers."""
    listed = [
        str(one.params.get("CN", ""))
        for one in _listed(entry.get("ATTENDEE"))
        if not str(one).casefold().startswith("mailto:") and "@" not in str(one)
    ]
    first = str(entry.get("DESCRIPTION", "")).strip().partition("\n")[0]
    if not any(listed) and (found := _SPEAKERS.fullmatch(re.sub(r"<[^>]*>", "", first).strip())):
        listed = re.split(r"\s*(?:,|;|&|\band\b|\bund\b)\s*", found[1])
    return [name for name in listed if name and len(name) <= 80 and not re.search(r"[@\d]|https?:", name)]
