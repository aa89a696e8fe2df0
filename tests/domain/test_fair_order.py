"""The order in which the hall votes: votes count, the new are seen, and nobody else changes the place of two."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.fair_order import HALVES_EVERY, fair_key, fair_place
from tests.conftest import NOON

votes = st.integers(0, 5_000)
minutes = st.integers(0, 600)


def place(of: int, minute: float) -> int:
    return fair_place(of, NOON + timedelta(minutes=minute))


@given(votes, votes, minutes)
def test_of_those_asked_together_more_votes_come_first(some: int, others: int, minute: int) -> None:
    assert (place(some, minute) > place(others, minute)) is (some > others)


@given(votes, minutes, minutes)
def test_of_those_with_as_many_votes_the_newer_comes_first(some: int, one: int, other: int) -> None:
    assert (place(some, one) > place(some, other)) is (one > other)


@given(st.integers(0, 2_000), minutes)
def test_ten_minutes_are_worth_half_the_votes_and_no_more(some: int, minute: int) -> None:
    later = minute + HALVES_EVERY.total_seconds() / 60
    assert place(2 * some + 1, minute) == place(some, later)
    assert place(2 * some + 2, minute) > place(some, later), "what the hall wants is not pushed down by what is new"


@given(st.integers(0, 30))
def test_a_new_question_without_a_vote_is_seen(age: int) -> None:
    """Above all that is half an hour older and has at most seven votes."""
    assert place(0, 60) >= place(7, 30 - age)


@given(st.lists(st.tuples(votes, minutes), max_size=8), st.data())
def test_the_keys_sort_as_the_places_do_and_a_tie_is_the_olders(
    found: list[tuple[int, int]], data: st.DataObject
) -> None:
    numbered = [
        (place(*one), -number, fair_key(one[0], NOON + timedelta(minutes=one[1]), number))
        for number, one in enumerate(found, 1)
    ]
    shuffled = data.draw(st.permutations(numbered))
    assert sorted(shuffled, key=lambda one: one[2]) == sorted(numbered)
