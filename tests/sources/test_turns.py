"""A server is asked as often as it allows and no more, and what is calm leaves room for what is not."""

from datetime import UTC, datetime, timedelta

import pytest

from app.sources import Clock
from app.sources.turns import Turns

WINDOW = timedelta(seconds=60)


class Time:
    """Stands still but for those who wait."""

    def __init__(self) -> None:
        self.at, self.slept = datetime(2026, 1, 1, tzinfo=UTC), 0.0

    async def sleep(self, seconds: float) -> None:
        self.at, self.slept = self.at + timedelta(seconds=seconds), self.slept + seconds

    @property
    def turns(self) -> Turns:
        return Turns(Clock(now=lambda: self.at, sleep=self.sleep), most=10, calm=6, window=WINDOW)


@pytest.mark.parametrize(("calmly", "at_once"), [(False, 10), (True, 6)])
async def test_more_than_are_allowed_wait_until_the_oldest_counts_no_more(*, calmly: bool, at_once: int) -> None:
    time, asked = Time(), list[float]()
    turns = time.turns
    for _ in range(35):
        await turns.wait(calmly=calmly)
        asked.append(time.slept)
    assert asked[at_once - 1] == 0 < asked[at_once]
    for number, at in enumerate(asked):
        assert sum(at - WINDOW.total_seconds() < one <= at for one in asked[: number + 1]) <= at_once


async def test_new_posts_have_a_turn_while_what_is_calm_waits() -> None:
    time = Time()
    turns = time.turns
    for _ in range(6):
        await turns.wait(calmly=True)
    await turns.wait()
    assert time.slept == 0
    await turns.wait(calmly=True)
    assert time.slept > 0
