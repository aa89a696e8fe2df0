"""Rate limits: a burst, then a pace; bounded memory."""

from hypothesis import given
from hypothesis import strategies as st

from app.bus.rate_limits import MAX_BUCKETS, Allowance, Limits, Rate


class Clock:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_burst_passes_and_then_only_the_pace() -> None:
    clock = Clock()
    limits = Limits(clock)
    rate = Rate(burst=3, per_minute=6)
    assert [limits.wait(Allowance("post", "jo", rate)) for _ in range(4)] == [0, 0, 0, 10]
    clock.at += 10
    assert [limits.wait(Allowance("post", "jo", rate)) for _ in range(2)] == [0, 10]
    assert limits.wait(Allowance("post", "ann", rate)) == 0


@given(naps=st.lists(st.floats(0, 30), max_size=60))
def test_no_more_than_burst_and_pace_ever_pass(naps: list[float]) -> None:
    clock = Clock()
    limits = Limits(clock)
    passed = 0
    for nap in naps:
        clock.at += nap
        passed += limits.wait(Allowance("post", "jo", Rate(burst=2, per_minute=12))) == 0
    assert passed <= 2 + clock.at * 12 / 60 + 1e-6


def test_the_oldest_are_forgotten_first() -> None:
    limits = Limits(Clock())
    for number in range(MAX_BUCKETS + 10):
        limits.wait(Allowance("post", str(number), Rate(burst=1, per_minute=1)))
    assert len(limits) == MAX_BUCKETS


def test_a_hall_that_has_gone_home_leaves_nothing_behind() -> None:
    clock = Clock()
    limits, rate = Limits(clock), Rate(burst=4, per_minute=4)
    for number in range(1_000):
        clock.at += 0.1
        limits.wait(Allowance("post", str(number), rate), Allowance("hall", "one", Rate(burst=400, per_minute=600)))
    assert len(limits) <= 15 * 10 + 2  # whose one post is a quarter of a minute ago, or less
    clock.at += 60
    assert limits.wait(Allowance("post", "0", rate)) == 0
    assert len(limits) == 1
