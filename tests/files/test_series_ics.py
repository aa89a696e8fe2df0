"""The calendar of a series says the same instants to everybody who reads it: calendars, dateutil, and our own pages."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from app.domain.event import Event, EventState
from app.domain.series import Edition, Every, Pause, Series, planned_days
from app.files.series_ics import calendar_of_series
from app.queries.series import Dated, Whole
from tests.conftest import NOON
from tests.domain.test_series import ZONES

UNTIL = datetime(2031, 1, 1, tzinfo=UTC)
PAUSE = Pause(series_id=1, first_on=date(2026, 12, 20), last_on=date(2027, 1, 6))


def whole(
    zone: str, every: Every = Every.WEEK, editions: tuple[Edition, ...] = (), state: EventState = EventState.PREPARED
) -> Whole:
    series = Series(
        id=1, slug="tea", pattern_id=9, every=every, first_on=date(2026, 1, 6), begins=time(20), created_at=NOON
    )
    pattern = Event(
        id=9, slug="tea-pattern", name="Tea, “chat”; all", hashtags=["tea"], zone=zone, state=state, created_at=NOON
    )
    made = tuple(
        Dated(one, Event(id=one.event_id, slug=f"e{one.event_id}", name="Themed", zone=zone, created_at=NOON))
        for one in editions
    )
    return Whole(series, pattern, series.rule(zone), made, (), (PAUSE,), frozenset())


def expanded(raw: bytes) -> tuple[list[datetime], Calendar]:
    """As a program would that knows icalendar and dateutil and nothing of us."""
    calendar = Calendar.from_ical(raw)
    assert [component.errors for component in calendar.walk() if component.errors] == []
    found: dict[datetime, datetime | None] = {}
    for entry in calendar.walk("VEVENT"):
        begins = entry["dtstart"].dt
        if "rrule" in entry:
            rule = rrulestr(entry["rrule"].to_ical().decode(), dtstart=begins.replace(tzinfo=None))
            walls = takewhile(lambda one: one.year < 2031, rule)
            found |= {wall.replace(tzinfo=begins.tzinfo).astimezone(UTC): None for wall in walls}
            left_out = entry.get("exdate")
            for one in left_out.dts if left_out is not None else ():
                found.pop(one.dt.astimezone(UTC))
        elif "recurrence-id" in entry:
            found.pop(entry["recurrence-id"].dt.astimezone(UTC))
    for entry in calendar.walk("VEVENT"):
        if "rrule" not in entry and str(entry.get("status")) != "CANCELLED":
            found[entry["dtstart"].dt.astimezone(UTC)] = None
    return sorted(found), calendar


@pytest.mark.parametrize("every", Every)
@pytest.mark.parametrize("zone", ZONES)
def test_it_expands_to_our_own_instants_from_2026_to_2030(zone: str, every: Every) -> None:
    series = whole(zone, every)
    at, calendar = expanded(calendar_of_series(series, url="https://live.example.org/s/tea", at=NOON))
    ours = (series.rule.begins_at(day) for day in planned_days(series.rule, [PAUSE], date(2026, 1, 1), 300))
    assert at == [one for one in ours if one.astimezone(ZoneInfo(zone)).year < 2031]
    assert {str(one["tzid"]) for one in calendar.walk("VTIMEZONE")} == {zone}


def test_what_differs_stands_in_for_its_day() -> None:
    plain = whole("Europe/London")
    days = list(islice(plain.rule.days(date(2026, 3, 24)), 3))
    facts = {"series_id": 1, "changed_at": NOON}
    begins, ends = plain.rule.begins_at, plain.rule.ends_at
    moved_to = begins(days[0]) + timedelta(days=1)
    editions = (
        Edition(event_id=1, planned_on=days[0], starts_at=moved_to, ends_at=moved_to + timedelta(hours=1), **facts),
        Edition(event_id=2, planned_on=days[1], starts_at=begins(days[1]), ends_at=ends(days[1]), theme="Cake", **facts),
        Edition(event_id=3, planned_on=days[2], starts_at=begins(days[2]), ends_at=ends(days[2]), called_off=True, **facts),
    )  # fmt: skip
    at, calendar = expanded(
        calendar_of_series(whole("Europe/London", editions=editions), url="https://x.example/s/tea", at=NOON)
    )
    everything, _ = expanded(calendar_of_series(plain, url="https://x.example/s/tea", at=NOON))
    assert set(everything) - set(at) == {begins(days[0]), begins(days[2])}
    assert set(at) - set(everything) == {moved_to}
    assert len({str(one["uid"]) for one in calendar.walk("VEVENT")}) == 1


def test_what_programs_ask_for_is_there() -> None:
    raw = calendar_of_series(whole("Europe/London"), url="https://live.example.org/s/tea", at=NOON)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    for line in (
        b"METHOD:PUBLISH",
        b"X-WR-TIMEZONE:Europe/London",
        b"REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        b"X-PUBLISHED-TTL:PT6H",
    ):
        assert line in raw
    assert b"BEGIN:VTIMEZONE" in raw
    assert b"DTSTART;TZID=Europe/London:20260106T200000" in raw


def test_one_that_is_over_promises_nothing() -> None:
    at, _ = expanded(calendar_of_series(whole("UTC", state=EventState.CLOSED), url="https://x.example/s/tea", at=NOON))
    assert at == []
