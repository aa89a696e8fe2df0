"""How long is waited after each kind of end."""

from datetime import timedelta

import pytest

from app.sources import Ended, Why
from app.sources.backoff import WAITS, Backoff, Budget
from tests.conftest import NOON

FATAL = [Why.AUTH, Why.NO_CREDIT, Why.USAGE_CAP, Why.FORBIDDEN_PLAN, Why.BAD_RULES]


def waits(why: Why, count: int, *, lived: float = 0.0) -> list[float | None]:
    backoff = Backoff()
    return [backoff.after(Ended(why, ""), lived=lived, at=NOON, jitter=0) for _ in range(count)]


def test_network_faults_wait_in_quarters_of_a_second_up_to_sixteen() -> None:
    told = waits(Why.NETWORK, 100)
    assert told[:4] == [0.25, 0.5, 0.75, 1.0]
    assert told[-1] == 16


def test_answers_that_are_errors_double_from_five_seconds_to_five_minutes() -> None:
    assert waits(Why.HTTP, 8) == [5, 10, 20, 40, 80, 160, 320, 320]


def test_a_clean_close_never_makes_a_storm() -> None:
    assert waits(Why.CLOSED, 7) == [2, 4, 8, 16, 32, 60, 60]


def test_after_a_good_minute_a_close_is_tried_again_after_a_second() -> None:
    assert waits(Why.CLOSED, 3, lived=60) == [1, 1, 1]


def test_a_good_connection_makes_earlier_failures_forgotten() -> None:
    backoff = Backoff()
    for _ in range(5):
        backoff.after(Ended(Why.HTTP, ""), lived=0, at=NOON, jitter=0)
    backoff.after(Ended(Why.CLOSED, ""), lived=3600, at=NOON, jitter=0)
    assert backoff.after(Ended(Why.HTTP, ""), lived=0, at=NOON, jitter=0) == 5


def test_a_rate_limit_waits_until_a_second_after_its_reset() -> None:
    ended = Ended(Why.RATE_LIMITED, "", retry_at=NOON + timedelta(minutes=7))
    assert Backoff().after(ended, lived=0, at=NOON, jitter=1) == 7 * 60 + 1


@pytest.mark.parametrize(("reset", "seconds"), [(timedelta(hours=5), 901), (timedelta(hours=-5), 1)])
def test_a_wrong_clock_neither_locks_us_out_for_hours_nor_lets_us_hammer(reset: timedelta, seconds: int) -> None:
    backoff, ended = Backoff(), Ended(Why.RATE_LIMITED, "", retry_at=NOON + reset)
    assert backoff.after(ended, lived=0, at=NOON, jitter=0) == seconds
    again = backoff.after(ended, lived=0, at=NOON, jitter=0)
    assert again is not None
    assert again >= 5


def test_a_rate_limit_without_reset_doubles_from_a_minute_to_fifteen() -> None:
    assert waits(Why.RATE_LIMITED, 6) == [60, 120, 240, 480, 900, 900]


@pytest.mark.parametrize("why", FATAL)
def test_what_only_a_person_can_mend_is_not_tried_again(why: Why) -> None:
    assert waits(why, 1) == [None]


def test_every_kind_of_end_has_its_wait_or_stops() -> None:
    assert set(WAITS) | set(FATAL) | {Why.CAP} == set(Why)  # the meter says until when it is full


def test_jitter_adds_at_most_a_quarter() -> None:
    assert Backoff().after(Ended(Why.HTTP, ""), lived=0, at=NOON, jitter=1) == 6.25


def test_forty_connections_in_fifteen_minutes_are_the_most() -> None:
    budget = Budget()
    for second in range(40):
        assert budget.wait(NOON + timedelta(seconds=second)) == 0
        budget.spend(NOON + timedelta(seconds=second))
    assert budget.wait(NOON + timedelta(seconds=40)) == 860
    assert budget.wait(NOON + timedelta(minutes=15)) == 0
