"""What a post is worth in the queue: harm first, and nothing starves."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.queue import rank
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
