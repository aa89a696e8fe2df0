"""What a post is worth in the queue: harm first, and nothing starves."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.queue_order import rank
from app.domain.verdict import Level, Signal
from tests.conftest import NOON


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["self_harm", "threat", "privacy", "abuse", "spam", "question", "vent"]),
            st.sampled_from(list(Level)),
            st.integers(0, 10_000),
        ),
        min_size=2,
    )
)
def test_nothing_starves(posts: list[tuple[str, Level, int]]) -> None:
    """Whatever a post is worth, one that came a day and a second later goes after it."""
    for category, level, second in posts:
        came = NOON + timedelta(seconds=second)
        old = rank(came, [], asks=False, delayed=False)
        new = rank(came + timedelta(days=1, seconds=1), [Signal("x", category, level, "y")], asks=True, delayed=True)
        assert old < new


def test_of_two_posts_without_a_doubt_the_likelier_goes_first() -> None:
    likely, clean = (rank(NOON, [], {"abuse": score}, asks=False, delayed=False) for score in (0.4, 0.01))
    assert likely < clean


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_never_goes_later(one: float, other: float) -> None:
    low, high = sorted((one, other))
    for kind in ("care", "threat", "privacy", "abuse"):
        assert rank(NOON, [], {kind: high}, asks=False, delayed=False) <= rank(
            NOON, [], {kind: low}, asks=False, delayed=False
        )


def test_care_goes_before_all() -> None:
    care = rank(NOON, [], {"care": 0.9}, asks=False, delayed=False)
    others = {"threat": 1.0, "abuse": 1.0, "privacy": 1.0, "sexual": 1.0}
    assert care < rank(NOON, [Signal("x", "threat", Level.HOLD, "y")], others, asks=True, delayed=True)
