"""What its author takes back is gone within a minute, of 3,000 kept posts, through tweepy and HTTP.

Time is X's: each of its answers takes a second, and so long as is waited between two passes goes by at once.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.domain.incoming import Account, Became
from app.queries.sources import assignments
from app.sources.rechecks import CHECKED_AT_ONCE, EVERY, ON_SCREENS, PER_REQUEST, Rechecks
from app.sources.x.network import X
from tests.sources.test_rechecks import ON_THE_WALL, Told, a_day, asked
from tests.sources.x.desk import QUICK, Desk, desk
from tests.until import PATIENCE
from tests.x_server.people import Post as Theirs

MANY = 3_000
ANSWER = 1.0
"""Seconds that X takes for an answer."""


@pytest.fixture
async def box10(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as made:
        yield made


@dataclass
class SlowX:
    """X through our source, with a clock of its own; who is to be deleted is, once they were just found to be there."""

    box10: Desk
    source: object
    waited: float = 0.0
    doomed: dict[str, Theirs] = field(default_factory=dict)
    deleted: dict[str, float] = field(default_factory=dict)
    gone: dict[str, float] = field(default_factory=dict)

    def now(self) -> float:
        return self.waited + ANSWER * len(asked(self.box10))

    async def wait(self, seconds: float) -> None:
        self.waited += seconds
        await asyncio.sleep(0)

    async def recheck(self, refs: dict[str, str]) -> list[Became]:
        found: list[Became] = await self.source.recheck(refs)  # type: ignore[attr-defined]
        for ref in [ref for ref in refs if ref in self.doomed]:
            self.box10.x.delete(self.doomed.pop(ref))
            self.deleted[ref] = self.now()
        return found


class ToldAt(Told):
    """Knows when each was stored as gone."""

    def __init__(self, box10: Desk, x: SlowX) -> None:
        super().__init__(box10)
        self._x, self.all_gone = x, asyncio.Event()

    async def store(self, found: Sequence[Became]) -> None:
        await super().store(found)
        for one in found:
            if not isinstance(one, Account):
                self._x.gone[one.ref] = self._x.now()
        if self._x.gone and not self._x.doomed and self._x.gone.keys() == self._x.deleted.keys():
            self.all_gone.set()


async def test_of_three_thousand_each_that_is_deleted_is_gone_within_a_minute_those_on_screens_first(
    box10: Desk,
) -> None:
    theirs, _ = await a_day(box10, MANY)
    [assignment] = await box10.doors.ask(assignments, box10.networks)
    x = SlowX(box10, X.make(assignment, box10.settings, QUICK))
    # On the wall, rejected, stashed, and at both ends of what waits: deleted just after they were looked at.
    picked = [0, ON_THE_WALL - 1, ON_THE_WALL, MANY // 2, MANY // 2 + 1, MANY - 1]
    x.doomed = {theirs[number].id: theirs[number] for number in picked}
    told = ToldAt(box10, x)
    passing = asyncio.create_task(Rechecks(box10.doors, assignment, x, told, replace(QUICK, sleep=x.wait)).run())
    async with asyncio.timeout(PATIENCE):
        await told.all_gone.wait()
    passing.cancel()

    requests = asked(box10)
    one_pass = -(-(MANY - ON_THE_WALL) // PER_REQUEST) + 1
    shown = [one.id for one in reversed(theirs[:ON_THE_WALL])]
    rest = [one.id for one in reversed(theirs[ON_THE_WALL:])]
    assert requests[0] == shown
    assert [post_id for some in requests[1:one_pass] for post_id in some] == rest
    stored = {post.ref for post in await box10.stored() if post.withdrawn_at and not post.text}
    assert stored == {theirs[number].id for number in picked} == x.deleted.keys()
    took = {ref: x.gone[ref] - x.deleted[ref] for ref in x.deleted}
    assert max(took.values()) <= 60, took
    # What a network allows is kept, too, where a pass is as long as it may be.
    assert 15 * 60 / EVERY * (CHECKED_AT_ONCE + ON_SCREENS) / PER_REQUEST < 3_500 / 2
