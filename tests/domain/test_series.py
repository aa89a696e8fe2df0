"""When a series is: as calendars expand the same rule, in wall-clock time, over every change of clocks."""

from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.series import Every, Pause, SeriesRule, planned_days

DAYS = (MO, TU, WE, TH, FR, SA, SU)
ZONES = ("Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "America/Santiago")
first_days = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@settings(max_examples=60)
@given(first_days, st.sampled_from(Every), st.integers(-40, 800))
def test_its_days_are_those_of_the_same_rule_elsewhere(first: date, every: Every, later: int) -> None:
    rule = SeriesRule(every, first, time(20), 60, "Europe/London")
    if every in {Every.MONTH, Every.MONTH_END}:
        same = rrule(
            MONTHLY, dtstart=datetime.combine(first, time()), byweekday=DAYS[first.weekday()](rule.week_of_month)
        )
    else:
        same = rrule(WEEKLY, interval=1 if every is Every.WEEK else 2, dtstart=datetime.combine(first, time()))
    since = first + timedelta(days=later)
    wanted = [one.date() for one in islice(same.xafter(datetime.combine(since, time()), inc=True), 12)]
    assert list(islice(rule.days(since), 12)) == wanted


@pytest.mark.parametrize("zone", ZONES)
def test_the_clock_on_the_wall_shows_the_same_time_all_year(zone: str) -> None:
    rule = SeriesRule(Every.WEEK, date(2026, 1, 6), time(20, 0), 60, zone)
    days = list(islice(rule.days(date(2026, 1, 6)), 52 * 5))
    assert {rule.begins_at(day).astimezone(ZoneInfo(zone)).time() for day in days} == {time(20, 0)}
    assert len({rule.begins_at(day).time() for day in days}) == (1 if zone == "Asia/Kolkata" else 2)


def test_a_london_chat_is_an_hour_earlier_for_the_world_in_summer() -> None:
    rule = SeriesRule(Every.WEEK, date(2026, 10, 20), time(20, 0), 60, "Europe/London")
    assert [rule.begins_at(day).hour for day in islice(rule.days(date(2026, 10, 20)), 2)] == [19, 20]


@settings(max_examples=30)
@given(first_days, st.integers(0, 60), st.integers(0, 40))
def test_no_planned_day_is_in_a_pause_and_none_is_lost(first: date, begins: int, lasts: int) -> None:
    rule = SeriesRule(Every.WEEK, first, time(12), 60, "UTC")
    pause = Pause(series_id=1, first_on=first + timedelta(days=begins), last_on=first + timedelta(days=begins + lasts))
    planned = planned_days(rule, [pause], first, 12)
    assert len(planned) == 12
    assert [day for day in islice(rule.days(first), 30) if day <= planned[-1] and not pause.holds(day)] == planned


def test_a_pause_without_end_leaves_nothing_to_plan() -> None:
    rule = SeriesRule(Every.WEEK, date(2026, 1, 6), time(12), 60, "UTC")
    assert (
        planned_days(rule, [Pause(series_id=1, first_on=date(2026, 1, 1), last_on=date(9000, 1, 1))], rule.first_on, 4)
        == []
    )
