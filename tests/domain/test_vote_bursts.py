"""Which votes came in a burst: a window of ten seconds, an address, twenty votes."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.vote_bursts import BURST_WINDOW, MANY, bursts
from tests.conftest import NOON

Vote = tuple[int, str, float]


def found(votes: list[Vote]) -> tuple[set[int], int]:
    told = bursts((vote_id, origin, NOON + timedelta(seconds=second)) for vote_id, origin, second in votes)
    return told.votes, told.most


def test_a_hundred_and_twenty_in_ten_seconds_from_one_address() -> None:
    assert found([(number, "a", number / 12.1) for number in range(120)]) == (set(range(120)), 120)


def test_a_hall_that_votes_over_a_minute_or_from_many_addresses_is_none() -> None:
    assert found([(number, "a", number * 0.6) for number in range(MANY * 3)]) == (set(), 0)
    assert found([(number, str(number), 0) for number in range(500)]) == (set(), 0)
    assert found([(number, "a", 0) for number in range(MANY - 1)]) == (set(), 0)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 60)), max_size=120))
def test_it_finds_exactly_those_of_every_full_window(come: list[tuple[str, int]]) -> None:
    votes = [
        (number, origin, float(second)) for number, (origin, second) in enumerate(sorted(come, key=lambda one: one[1]))
    ]
    wanted: set[int] = set()
    for _, origin, second in votes:
        window = {one for one, by, at in votes if by == origin and second - BURST_WINDOW.seconds < at <= second}
        wanted |= window if len(window) >= MANY else set()
    assert found(votes)[0] == wanted
