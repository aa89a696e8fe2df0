"""An Event as a file is written from it: some posts at a time, so that many need no more memory than a few."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app.domain.decision import Decision
from app.queries.archive import ArchivedPost, Outline, archived_decisions, archived_posts, outline

ROWS_AT_ONCE = 200

Ask = Callable[..., Awaitable[Any]]
"""The door for queries."""


@dataclass(frozen=True, slots=True)
class EventReading:
    """`reached` is told how many posts were read, and of how many."""

    ask: Ask
    outline: Outline
    reached: Callable[[int, int], None]

    async def posts(self, ids: Iterable[int]) -> AsyncIterator[list[ArchivedPost]]:
        """Some at a time, in this order."""
        wanted, event_id = list(ids), self.outline.event.id
        for first in range(0, len(wanted), ROWS_AT_ONCE):
            yield await self.ask(archived_posts, event_id, wanted[first : first + ROWS_AT_ONCE])
            self.reached(min(first + ROWS_AT_ONCE, len(wanted)), len(wanted))

    async def decisions(self) -> AsyncIterator[list[Decision]]:
        after = 0
        while found := await self.ask(archived_decisions, self.outline.event.id, after, ROWS_AT_ONCE):
            yield found
            after = found[-1].id


async def begin_reading(
    ask: Ask,
    event_id: int,
    reached: Callable[[int, int], None] = lambda _posts, _of: None,
    *,
    unshared: bool = False,
) -> EventReading:
    """With `unshared` also what is of talks that are not to be shared."""
    return EventReading(ask, await ask(outline, event_id, unshared=unshared), reached)
