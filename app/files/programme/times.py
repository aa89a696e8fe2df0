"""Days, times of day and durations as programmes write them. Raises ValueError for what is none."""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

NIGHT = time(6)
"""A start before that belongs to the night after the day, unless the file says when its days change."""
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2}))?\s*([ap])?\.?\s*m?\.?", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{2})(\d{2})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january janvier enero", "feb februar february février fevrier febrero",
            "mar mär märz maerz march mars marzo", "apr april avril abril", "may mai mayo", "jun juni june juin junio",
            "jul juli july juillet julio", "aug august août aout agosto", "sep sept september septembre septiembre",
            "oct okt october oktober octobre octubre", "nov november novembre noviembre",
            "dec dez december dezember décembre decembre diciembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


def clock(text: str) -> time:
    """`9:00`, `09.30`, `2:00 p.m.`, `0930`, `14h30`, `14:00 Uhr`."""
    said = re.sub(r"\s*(uhr|hrs?|o'clock)\.?$", "", text.strip(), flags=re.IGNORECASE)
    if compact := _COMPACT.fullmatch(said):
        return time(int(compact[1]), int(compact[2]))
    found = _CLOCK.fullmatch(said)
    if found is None or not (found[2] or found[4]):
        raise ValueError(text)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(text)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        return time(0, 0)
    return time(hour, minute, int(found[3] or 0))


def span(text: str) -> tuple[time, time]:
    """`10:00-10:45`, `14:00 – 15:30 Uhr`, `9.00 to 10.00`."""
    parts = re.split(r"\s*(?:-|–|—|\bto\b|\bbis\b)\s*", text.strip(), maxsplit=1)
    if len(parts) != 2:
        raise ValueError(text)
    return clock(parts[0]), clock(parts[1])


def day(text: str, *, month_first: bool = False, year: int | None = None) -> date:
    """`2026-11-26`, `26.11.2026`, `26/11/26`, `26 November 2026`, `Thu 26 Nov`. `month_first` settles 4/3/16."""
    said = text.strip().rstrip(",")
    if found := re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", said):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", said):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.search(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\b", said):
        first, second = int(found[1]), int(found[2])
        if second > 12 or (month_first and first <= 12):
            first, second = second, first
        return date(_year(found[3]), second, first)
    words = re.findall(r"[^\W\d_]+|\d+", said.casefold())
    month = next((_MONTHS[word] for word in words if word in _MONTHS), None)
    numbers = [int(word) for word in re.findall(r"\d+", said)]
    if month is None or not numbers:
        raise ValueError(text)
    years = [number for number in numbers if number > 31] or ([year] if year else [])
    days = [number for number in numbers if number <= 31]
    if not years or not days:
        raise ValueError(text)
    return date(years[0], month, days[0])


def moment(text: str, *, month_first: bool = False) -> datetime:
    """A day with a time of day, with or without an offset: ISO 8601, or both as `day` and `clock` read them."""
    said = text.strip()
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        pass
    found = re.fullmatch(r"(.+?)[,T ]\s*(\d{1,2}[:.h]\d{2}.*|\d{1,2}\s*[ap]\.?m\.?)", said, re.IGNORECASE)
    if found is None:
        raise ValueError(text)
    return datetime.combine(day(found[1], month_first=month_first), clock(found[2]))


def start_of(full: str, start: str, day_of: date | None, changes_at: time = NIGHT) -> datetime | None:
    """The whole moment where it stands, else day and start; after midnight is the night of the conference's day."""
    with suppress(ValueError):
        at = moment(full)
        return at if re.search(r"\d[T ]\d", full) or not start else datetime.combine(at.date(), clock(start))
    with suppress(ValueError):
        begins = clock(start)
        return datetime.combine(day_of + timedelta(days=begins < changes_at), begins) if day_of else None
    return None


def lasting(text: str) -> timedelta:
    """`00:45`, `1:30`, `0:45:00`, `90`, `90 min`, `1.5h`, `1h30`, `PT45M`."""
    said = text.strip().casefold()
    if found := re.fullmatch(r"(\d{1,3}):(\d{2})(?::(\d{2}))?", said):
        return timedelta(hours=int(found[1]), minutes=int(found[2]))
    if found := re.fullmatch(r"p?t?(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*(?:m(?:in\w*)?)?)?\.?", said):
        if not found[1] and not found[2]:
            raise ValueError(text)
        return timedelta(hours=float((found[1] or "0").replace(",", ".")), minutes=int(found[2] or 0))
    raise ValueError(text)


def zone_named(text: str) -> str:
    """The zone that a file means: an IANA name, or the city that frab writes (`Berlin`). '' if there is none."""
    name = text.strip()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        city = f"/{name.replace(' ', '_')}"
        return next((known for known in sorted(available_timezones()) if name and known.endswith(city)), "")
    return name


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
