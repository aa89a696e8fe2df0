"""A survey is counted so that everybody counts once in each cell that they tick, and only a lead is called one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.series import Every
from app.domain.survey import ENOUGH_ANSWERS, Ticks, counted, first_day, read_times

DAYS, TIMES, EVERY = ("0", "1", "4"), ("12:00", "20:00"), ("week", "month")
ticks = st.builds(Ticks, *(st.lists(st.sampled_from(of), max_size=4) for of in (DAYS, TIMES, EVERY)))


@settings(max_examples=80)
@given(st.lists(ticks, max_size=12))
def test_everybody_counts_once_in_each_cell_that_they_tick(answers: list[Ticks]) -> None:
    found = counted(DAYS, TIMES, EVERY, answers)
    assert found.answers == len(answers)
    assert found.cells == {
        (day, at): sum(day in one.days and at in one.times for one in answers) for day in DAYS for at in TIMES
    }
    best = max(found.cells.values())
    assert (found.winner is None) == (len(answers) < ENOUGH_ANSWERS or best == 0)
    if found.winner is not None:
        assert found.cells[found.winner.day, found.winner.time] == found.winner.people == best
        assert found.winner.clear == (list(found.cells.values()).count(best) == 1)
        assert found.every[found.winner.every.value] == max(found.every.values())


def test_a_tie_is_none_but_says_so_and_what_was_asked_first_comes_first() -> None:
    one, other = Ticks(("1",), ("12:00",), ("month",)), Ticks(("0",), ("20:00",), ("month",))
    found = counted(DAYS, TIMES, EVERY, [one, one, other, other])
    assert found.winner is not None
    assert (found.winner.day, found.winner.time, found.winner.every, found.winner.clear) == (
        "0",
        "20:00",
        Every.MONTH,
        False,
    )


@pytest.mark.parametrize(
    ("weekday", "first"), [("3", date(2026, 12, 3)), ("4", date(2026, 11, 27)), ("2", date(2026, 12, 2))]
)
def test_the_first_day_is_the_next_such_weekday(weekday: str, first: date) -> None:
    assert first_day(weekday, date(2026, 11, 26)) == first


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ("20:00, 8:30 20:00", ["08:30", "20:00"]),
        ("", None),
        ("soon", None),
        ("25:00", None),
        (" ".join(f"{n}:00" for n in range(10, 19)), None),
    ],
)
def test_times_are_read_as_they_are_typed(typed: str, times: list[str] | None) -> None:
    assert read_times(typed) == times
