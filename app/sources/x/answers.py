"""What answers posts of X that stand on the screens: their conversations, searched. Each answer costs as a post."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta

from app.domain.incoming import Found
from app.queries.sources import Kept
from app.sources import Clock
from app.sources.x.rules import LONGEST_QUERY
from app.sources.x.search import Search, after

log = logging.getLogger(__name__)

SEARCH_EVERY = timedelta(minutes=1)
MOST_CONVERSATIONS = 120
"""The newest on the screens: ten queries or so a minute, of the 450 searches that X allows in a quarter of an hour."""
ENDING = " -is:retweet"


class Conversations:
    """Each is searched whole once, and from then on for what is new."""

    def __init__(self, search: Search, clock: Clock) -> None:
        self._search, self._clock = search, clock
        self._asked: dict[str, datetime] = {}
        self._next_at: datetime | None = None

    async def answers(self, shown: Sequence[Kept], may_go_on: Callable[[], Awaitable[None]]) -> list[Found]:
        at = self._clock.now()
        if self._next_at is not None and at < self._next_at:
            return []
        await may_go_on()
        self._next_at = at + SEARCH_EVERY
        every = [post.ref for post in shown[:MOST_CONVERSATIONS]]
        self._asked = {ref: self._asked[ref] for ref in every if ref in self._asked}
        found: list[Found] = []
        for refs, where in self._parts(every):
            for query in queries(refs):
                page, ended = await self._search.all(query, where, may_go_on)
                found += page.found
                if ended is not None:
                    log.info("answers at X: %s", ended)
                    return found
            self._asked |= dict.fromkeys(refs, at)
        return found

    def _parts(self, every: Sequence[str]) -> Iterator[tuple[list[str], dict[str, str]]]:
        """Those that were never asked for, and the others since the earliest time that one was."""
        new = [ref for ref in every if ref not in self._asked]
        if new:
            yield new, {}
        if known := [ref for ref in every if ref in self._asked]:
            yield known, after(min(self._asked[ref] for ref in known), at=self._clock.now())


def queries(refs: Sequence[str]) -> Iterator[str]:
    """`(conversation_id:1 OR …)`, as many in each as X takes."""
    some: list[str] = []
    for one in (f"conversation_id:{ref}" for ref in refs):
        if some and len(_query([*some, one])) > LONGEST_QUERY:
            yield _query(some)
            some = []
        some.append(one)
    if some:
        yield _query(some)


def _query(some: Sequence[str]) -> str:
    return f"({' OR '.join(some)}){ENDING}"
