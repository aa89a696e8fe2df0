"""Half days of an event, as its own clock has them, and times as people type them."""

import re
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.sentence import Said

NOON = time(13)
"""Where one half ends and the other begins: who leaves before lunch has missed the afternoon."""
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*([ap]m)?", re.IGNORECASE)
_LOST_PLUS = re.compile(r"(?<=\d) (?=\d\d:?\d\d$)")
"""A plus that stood in an address as it is became a space."""


class Half(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"


class NoTime(Said):
    """It is no time; the sentence says how one is typed."""


def half_of(at: datetime, zone: str) -> tuple[date, Half]:
    """Which half of which day it was."""
    here = at.astimezone(ZoneInfo(zone))
    return here.date(), Half.MORNING if here.time() < NOON else Half.AFTERNOON


def begins(day: date, half: Half, zone: str) -> datetime:
    """The instant at which it begins."""
    return datetime.combine(day, time(0) if half is Half.MORNING else NOON, ZoneInfo(zone)).astimezone(UTC)


def read_since(typed: str, *, zone: str, on: date) -> datetime | None:
    """An instant: `13:00` (on the day `on`), `1pm`, `2026-11-26`, `2026-11-26T13:00`, with or without a zone.

    None for nothing typed. Raises NoTime.
    """
    said = typed.strip()
    if not said:
        return None
    if clock := _CLOCK.fullmatch(said):
        return datetime.combine(on, _time(clock), ZoneInfo(zone)).astimezone(UTC)
    try:
        found = datetime.fromisoformat(_LOST_PLUS.sub("+", said) if "T" in said.upper() else said)
    except ValueError:
        raise _no_time() from None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (OverflowError, ValueError):
        raise _no_time() from None


def _time(found: re.Match[str]) -> time:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise _no_time()
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    try:
        return time(hour, minute)
    except ValueError:
        raise _no_time() from None


def _no_time() -> NoTime:
    return NoTime(
        "That is no time. Type the hour and the minutes with a colon between, and a day before them if you like."
    )
