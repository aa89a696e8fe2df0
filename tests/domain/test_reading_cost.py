"""What reading costs: once for each post and day, whoever counts more is right, and no more than is allowed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reading_cost import Prices, Spent, allowed_posts, cap_of, forecast, next_midnight, told_cost

PRICES = Prices(post=0.005)
AT = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("25", 25.0),
        (" $7.50 ", 7.5),
        ("7,5", 7.5),
        ("0", 0.0),
        ("", None),
        (None, None),
        ("ten", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("1e99", None),
    ],
)
def test_a_cap_is_an_amount_or_there_is_none(typed: object, amount: float | None) -> None:
    assert cap_of(typed) == amount


@given(cap=st.floats(0, 10_000), today=st.integers(0, 100_000), told=st.integers(0, 100_000))
def test_what_is_allowed_never_costs_more_than_the_cap(cap: float, today: int, told: int) -> None:
    left = allowed_posts(PRICES, cap, Spent(today=today, told=told))
    assert left is not None
    assert left >= 0
    assert not left or PRICES.of(max(today, told) + left) <= cap + 0.001
    assert PRICES.of(max(today, told) + left + 1) > cap - 0.001


def test_without_a_cap_there_is_no_limit_and_nought_is_one() -> None:
    assert allowed_posts(PRICES, None, Spent(today=10**6)) is None
    assert allowed_posts(PRICES, 0.0, Spent()) == 0


def test_the_forecast_goes_on_at_the_pace_that_was_seen() -> None:
    seen = [(AT - HOUR, 100), (AT, 160)]
    assert forecast(Spent(today=160), seen, AT) == 160 + 6 * 60
    assert forecast(Spent(today=160), [(AT - timedelta(minutes=2), 100), (AT, 160)], AT) is None
    assert forecast(Spent(), [], AT) is None


def test_a_day_ends_at_midnight_utc_wherever_one_is() -> None:
    assert next_midnight(AT) == datetime(2026, 11, 27, tzinfo=UTC)


def test_the_meter_reads_as_an_organiser_would_say_it() -> None:
    said = told_cost(PRICES, Spent(today=412, along=80, event=1_680), cap=10.0, ahead=620, kept=3_000)
    assert said == (
        "412 posts read today (UTC), about $2.06. 80 authors and pictures came along. This event so far: $8.40. "
        "At this pace $3.10 by midnight UTC. Looking after what is kept: $15.00 on each further day. "
        "Reading stops at $10.00 a day."
    )
    assert told_cost(PRICES, Spent(), cap=None, ahead=None, kept=0) == ""
    seldom = told_cost(PRICES, Spent(), cap=None, ahead=None, kept=60, rarely=2_940)
    assert seldom.endswith(
        "Looking after what is kept: $0.30 on each further day. "
        "What is on no screen is looked through after a day, two, four, eight and so on: $14.70 each time."
    )
