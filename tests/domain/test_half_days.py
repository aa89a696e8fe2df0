"""Half days by the event's own clock, and times as people type them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.half_days import Half, NoTime, begins, half_of, read_since

DAY = date(2026, 11, 26)
LONDON, KOLKATA = "Europe/London", "Asia/Kolkata"


@pytest.mark.parametrize(
    ("typed", "zone", "since"),
    [
        ("13:00", LONDON, "2026-11-26T13:00+00:00"),
        (" 13.00 ", KOLKATA, "2026-11-26T07:30+00:00"),
        ("13h05", LONDON, "2026-11-26T13:05+00:00"),
        ("13", LONDON, "2026-11-26T13:00+00:00"),
        ("1pm", LONDON, "2026-11-26T13:00+00:00"),
        ("12:30 AM", LONDON, "2026-11-26T00:30+00:00"),
        ("2026-11-26", KOLKATA, "2026-11-25T18:30+00:00"),
        ("2026-11-26T13:00", LONDON, "2026-11-26T13:00+00:00"),
        ("2026-11-26 13:00", LONDON, "2026-11-26T13:00+00:00"),
        ("2026-11-26T13:00Z", KOLKATA, "2026-11-26T13:00+00:00"),
        ("2026-11-26T13:00+05:30", LONDON, "2026-11-26T07:30+00:00"),
        ("2026-11-26T13:00 05:30", LONDON, "2026-11-26T07:30+00:00"),
        ("2026-06-11T13:00", LONDON, "2026-06-11T12:00+00:00"),
    ],
)
def test_a_time_is_read_as_it_was_meant(typed: str, zone: str, since: str) -> None:
    assert read_since(typed, zone=zone, on=DAY) == datetime.fromisoformat(since)


@pytest.mark.parametrize(
    "typed", ["soon", "25:00", "13:60", "13 pm", "0am", "2026-13-01", "0001-01-01T00:00+14:00", "-1"]
)
def test_what_is_no_time_is_said_in_a_sentence(typed: str) -> None:
    with pytest.raises(NoTime, match="That is no time"):
        read_since(typed, zone=LONDON, on=DAY)


@settings(max_examples=100)
@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_time_nothing_or_a_sentence(typed: str) -> None:
    try:
        found = read_since(typed, zone=KOLKATA, on=DAY)
    except NoTime:
        return
    assert found is None or found.tzinfo is UTC


@settings(max_examples=60)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.sampled_from([LONDON, KOLKATA])
)
def test_a_half_day_begins_before_what_is_in_it(at: datetime, zone: str) -> None:
    day, half = half_of(at, zone)
    assert begins(day, half, zone) <= at
    if half is Half.MORNING:
        assert at < begins(day, Half.AFTERNOON, zone)
