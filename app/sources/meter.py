"""The meter of a network that is paid for: what was read, what it costs, and the cap that stops reading."""

import asyncio
from collections import deque
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from app.actions.reading_cost import POST, count_read, note_told, report_cost
from app.domain.network import Network
from app.domain.reading_cost import (
    Prices,
    Read,
    Spent,
    allowed_posts,
    cap_of,
    day_of,
    forecast,
    next_midnight,
    told_cost,
)
from app.domain.sentence import Sentence
from app.queries.reading_cost import read_today, spent
from app.queries.sources import Assignment, Kept, posts_to_look_after
from app.sources import Clock, Ended, Why
from app.store.doors import Backchannel, Busy, Unreachable

TELL_EVERY = 60.0
ASK_EVERY = timedelta(minutes=10)
"""So often the network is asked for its own count; of the 50 answers that X gives in a quarter of an hour."""
REMEMBERED = timedelta(hours=1)
FULL = Sentence("What a day may cost is reached (%(cap)s), so nothing new is read until midnight UTC.")


@runtime_checkable
class Paid(Protocol):
    """A source that says what it has read: what reads for nothing need not."""

    def taken(self) -> Read:
        """What was delivered since this was asked last."""

    async def told(self) -> int | None:
        """How many posts the network has counted today for our credential; None where it does not say."""


class Meter:
    """Counts for one source. `full` is set while the cap is reached."""

    def __init__(
        self, backchannel: Backchannel, network: Network[Any], assignment: Assignment, source: Any, clock: Clock
    ) -> None:
        self._backchannel, self._assignment, self._clock = backchannel, assignment, clock
        self._prices: Prices | None = network.prices if isinstance(source, Paid) else None
        self._source: Paid = source
        self.cap = cap_of(assignment.options.get("cap")) if self._prices else None
        self.full = asyncio.Event()
        self._spent = Spent()
        self._day = ""
        self._known = set[str]()
        self._pending = Read()
        self._seen: deque[tuple[datetime, int]] = deque()
        self._asked_at: datetime | None = None

    @property
    def costs(self) -> bool:
        return self._prices is not None

    async def run(self) -> None:
        """Tell now and then what was read; also that a new day has begun."""
        while self._prices is not None:
            await self.tell_now()
            await self._clock.sleep(TELL_EVERY)
            with suppress(Busy, Unreachable):
                await self._ask_the_network()
        await asyncio.Event().wait()

    async def tell_now(self) -> None:
        with suppress(Busy, Unreachable):
            await self.look()
            if self._prices is not None:
                await self._tell(self._prices)

    async def count(self) -> None:
        """Put down what was delivered, before it is forgotten. What cannot be written now is written later."""
        if self._prices is None:
            return
        self._turn_the_page()
        self._pending |= self._source.taken()
        read = Read(self._pending.posts - self._known, self._pending.along - self._known)
        self._pending = read
        if not read:
            return
        with suppress(Busy, Unreachable):
            await self._backchannel.do(count_read, self._assignment.source_id, read, at=self._clock.now())
            self._pending = Read()
            self._known |= read.posts | read.along
            await self.look()

    def reached(self) -> bool:
        """Whether the cap is reached by what was delivered, put down or not: what is not stored yet still can be."""
        if self._prices is None or (left := self._left) is None:
            return False
        self._turn_the_page()
        self._pending |= self._source.taken()
        return len(self._pending.posts - self._known) >= left

    async def look(self) -> None:
        """See how much was read, and whether more may be."""
        self._turn_the_page()
        self._spent = await self._backchannel.ask(spent, self._assignment.source_id, day=self._day)
        was_full = self.full.is_set()
        (self.full.set if self._left == 0 else self.full.clear)()
        if self._prices and self.full.is_set() and not was_full:
            await self._tell(self._prices)

    def ended(self) -> Ended:
        """Why nothing is read while `full` is set, and until when."""
        said = self._prices.said(self.cap or 0) if self._prices else ""
        return Ended(Why.CAP, FULL.filled(cap=said), retry_at=next_midnight(self._clock.now()))

    async def affordable(self, posts: list[Kept]) -> list[Kept]:
        """Those that may be asked for: what was read today costs nothing more, the others what the cap leaves."""
        if (left := self._left) is None:
            return posts
        refs = {f"{POST}:{post.version_ref}" for post in posts}
        paid = await self._backchannel.ask(read_today, self._assignment.account, refs, day=self._day)
        chosen = []
        for post in posts:
            free = f"{POST}:{post.version_ref}" in paid
            if free or left > 0:
                chosen.append(post)
                left -= not free
        return chosen

    @property
    def _left(self) -> int | None:
        return allowed_posts(self._prices, self.cap, self._spent) if self._prices else None

    def _turn_the_page(self) -> None:
        if (day := day_of(self._clock.now())) != self._day:
            self._day = day
            self._known.clear()
            self._seen.clear()

    async def _ask_the_network(self) -> None:
        at = self._clock.now()
        if self._asked_at is not None and at - self._asked_at < ASK_EVERY:
            return
        self._asked_at = at
        with suppress(Ended):
            if (posts := await self._source.told()) is not None:
                await self._backchannel.do(note_told, self._assignment.source_id, posts, at=at)

    async def _tell(self, prices: Prices) -> None:
        at, assignment = self._clock.now(), self._assignment
        self._seen.append((at, self._spent.charged))
        while at - self._seen[0][0] > REMEMBERED:
            self._seen.popleft()
        kept, rarely = await self._backchannel.ask(posts_to_look_after, assignment.event_id, assignment.kind, at=at)
        ahead = forecast(self._spent, self._seen, at)
        said = told_cost(prices, self._spent, cap=self.cap, ahead=ahead, kept=kept, rarely=rarely)
        await self._backchannel.do(report_cost, assignment.source_id, said, at=at)
