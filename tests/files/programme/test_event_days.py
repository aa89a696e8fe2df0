"""Days that are named by weekday or number are those of the event, where that leaves no doubt."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.programme_matching import Programme, UnreadableProgramme
from app.files.programme import read_programme_file
from app.files.programme.event_days import EventDays

FRIDAY = date(2026, 11, 27)
THREE_DAYS = EventDays(FRIDAY, FRIDAY + timedelta(days=2))


def read(table: str, days: EventDays) -> Programme:
    return read_programme_file(table.encode(), "Europe/London", days=days)


@pytest.mark.parametrize(
    ("word", "after"),
    [("Friday", 0), ("Sat", 1), ("SUNDAY", 2), ("samstag", 1), ("Gwener", 0), ("dimanche", 2), ("Day 2", 1), ("Tag 3", 2),
     ("Saturday morning", 1), ("29 November", 2), ("Sun 29 Nov", 2)],
)  # fmt: skip
def test_a_word_for_a_day_is_the_day_of_the_event(word: str, after: int) -> None:
    programme = read(f"Day,Start,Title\n{word},9:00,Opening\n", THREE_DAYS)
    assert programme.talks[0].starts_at.date() == FRIDAY + timedelta(days=after)


def test_weekdays_are_said_to_be_those_of_the_event() -> None:
    said = [str(one) for one in read("Day,Start,Title\nFriday,9:00,Opening\nSaturday,9:00,Tea\n", THREE_DAYS).warnings]
    assert said.count("Days without a date are read as those of the event: 2026-11-27 to 2026-11-29.") == 1


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("Monday", THREE_DAYS),  # it has none
        ("Friday", EventDays()),  # it has not said when it is
        ("Friday", EventDays(FRIDAY, FRIDAY + timedelta(days=7))),  # it has two
        ("Day 4", THREE_DAYS),
        ("Day 0", THREE_DAYS),
        ("Friday and Saturday", THREE_DAYS),
        ("later", THREE_DAYS),
    ],
)
def test_a_word_that_could_be_no_day_or_several_is_asked_about(word: str, days: EventDays) -> None:
    with pytest.raises(UnreadableProgramme, match="Say which days are meant"):
        read(f"Day,Start,Title\n{word},9:00,Opening\n", days)


@pytest.mark.parametrize(("days", "read_at_all"), [(EventDays(FRIDAY), True), (THREE_DAYS, False)])
def test_a_table_that_names_no_day_is_of_an_event_s_only_one(days: EventDays, read_at_all: bool) -> None:
    table = "Time,Title\n9:00-9:45,Opening\n10:00-10:30,Tea\n"
    if read_at_all:
        assert {talk.starts_at.date() for talk in read(table, days).talks} == {FRIDAY}
    else:
        with pytest.raises(UnreadableProgramme):
            read(table, days)


@given(st.text(max_size=20), st.dates(), st.integers(0, 400))
def test_what_is_meant_lies_within_the_event_or_is_in_doubt(word: str, first: date, many: int) -> None:
    last = min(first, date.max - timedelta(days=many)) + timedelta(days=many)
    try:
        meant = EventDays(first, last).meant(word)
    except ValueError:
        return
    assert first <= meant <= last
