"""What a source does at once ends together: nothing is left running, and whatever ended it is told."""

import asyncio

import pytest

from app.sources import Ended, Why
from app.sources.side_by_side import side_by_side


@pytest.mark.parametrize("ends", [0, 1, 2])
async def test_the_first_that_ends_ends_the_others_and_says_why(ends: int) -> None:
    left: list[int] = []

    async def works(number: int) -> None:
        try:
            await asyncio.sleep(0)
            if number == ends:
                raise Ended(Why.CLOSED, f"number {number}")
            await asyncio.Event().wait()
        finally:
            left.append(number)

    with pytest.raises(Ended, match=f"number {ends}"):
        await side_by_side(*map(works, range(3)))
    assert sorted(left) == [0, 1, 2]


async def test_who_is_cancelled_takes_its_work_along() -> None:
    left: list[int] = []

    async def works(number: int) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            left.append(number)

    task = asyncio.create_task(side_by_side(works(1), works(2)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert sorted(left) == [1, 2]
