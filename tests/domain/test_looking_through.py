"""What is on no screen any more is looked through ever more rarely."""

from datetime import timedelta

import pytest

from app.domain.looking_through import SHOWN_FOR, is_due, is_known_to_stand
from tests.conftest import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_in_a_year_after_the_end_it_is_looked_through_ten_times() -> None:
    looked, days = None, []
    for hours in range(365 * 24):
        at = NOON + hours * HOUR
        if is_due(NOON, looked, at=at):
            looked = at
            days.append((at - NOON) / DAY)
    assert days == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256]


@pytest.mark.parametrize("before", [timedelta(days=40), -timedelta(hours=5)])
def test_one_that_went_on_or_whose_programme_has_not_ended_is_looked_through_after_a_day(before: timedelta) -> None:
    looked, ended = NOON, NOON + before
    assert not is_due(ended, looked, at=looked + DAY - HOUR)
    assert is_due(ended, looked, at=looked + DAY)


def test_a_server_that_was_away_looks_when_it_is_back() -> None:
    assert is_due(NOON, NOON, at=NOON + 30 * DAY)
    assert not is_due(NOON, NOON + 30 * DAY, at=NOON + 59 * DAY)


def test_what_stands_whole_in_an_archive_is_asked_for_every_day() -> None:
    assert is_due(NOON, NOON + 30 * DAY, at=NOON + 31 * DAY, daily=True)
    assert not is_due(NOON, NOON + 30 * DAY, at=NOON + 31 * DAY - HOUR, daily=True)
    assert is_known_to_stand(NOON, at=NOON + SHOWN_FOR)
    assert not is_known_to_stand(NOON, at=NOON + SHOWN_FOR + HOUR)
    assert not is_known_to_stand(None, at=NOON)
