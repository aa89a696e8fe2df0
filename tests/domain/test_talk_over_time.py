"""A talk over time: nothing is lost in the steps, and there are never too many of them to be seen."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.talk_over_time import STEPS_OF_A_TALK, over_time
from tests.conftest import NOON

SECONDS = st.integers(-3_600, 200_000).map(lambda seconds: NOON + timedelta(seconds=seconds))


@settings(max_examples=60)
@given(st.integers(0, 190_000), st.lists(SECONDS, max_size=30))
def test_everything_is_counted_once_before_in_a_step_or_after(seconds: int, times: list[object]) -> None:
    ends = NOON + timedelta(seconds=seconds)
    found = over_time(NOON, ends, posts=times, questions=[], votes=times[:3])  # type: ignore[arg-type]
    assert found.posts.total == len(times)
    assert found.votes.total == len(times[:3])
    assert found.questions.total == 0
    assert found.posts.before == sum(at < NOON for at in times)  # type: ignore[operator]
    assert 1 <= len(found.times) == len(found.posts.steps) <= STEPS_OF_A_TALK
    assert found.times[-1] + found.step >= ends


def test_a_talk_longer_than_a_day_and_a_bit_still_ends_in_its_last_step() -> None:
    for seconds in range(108_001, 108_062):
        found = over_time(NOON, NOON + timedelta(seconds=seconds), posts=[], questions=[], votes=[])
        assert len(found.times) == STEPS_OF_A_TALK
        assert found.times[-1] + found.step >= NOON + timedelta(seconds=seconds)


def test_a_step_is_a_number_of_minutes_that_one_thinks_in() -> None:
    for minutes, step in ((20, 1), (45, 2), (90, 5), (240, 10), (600, 30), (1_440, 60)):
        found = over_time(NOON, NOON + timedelta(minutes=minutes), posts=[], questions=[], votes=[])
        assert found.step == timedelta(minutes=step)
    one = over_time(
        NOON, NOON + timedelta(minutes=20), posts=[NOON, NOON + timedelta(seconds=59)], questions=[], votes=[]
    )
    assert one.posts.steps[:2] == (2, 0)
