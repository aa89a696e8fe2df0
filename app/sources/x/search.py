"""Posts of X that are asked for: what was missed, what is missing, what became of those we have."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeGuard

from app.domain.incoming import Account, Became, Found, Incoming, Marked, Withdrawal
from app.domain.reading_cost import Read
from app.queries.sources import Position
from app.sources import Clock, Ended, Unreadable
from app.sources.json_fields import number_of, text_of
from app.sources.x.fields import snowflake, snowflake_time
from app.sources.x.payload import Page, read_page
from app.sources.x.wire import Wire

log = logging.getLogger(__name__)

SEARCH = "/2/tweets/search/recent"
LOOKUP = "/2/tweets"
OVERLAP = timedelta(seconds=90)
"""Search knows a post late, and then under a smaller id: look so far back again. What is known is ignored."""
FIRST_LOOK = timedelta(minutes=15)
WEEK = timedelta(days=7) - timedelta(hours=1)
"""Search forgets after seven days, and refuses who asks for more; the hour is for clocks that are off."""
MOST_PAGES = 50
LEFT_OUT = "not to be had any more"
PER_LOOKUP = 100


def bounds(position: Position, *, at: datetime) -> dict[str, str]:
    """From where to search, after what was stored last."""
    return after(newest_at(position, at=at), at=at)


def after(then: datetime, *, at: datetime) -> dict[str, str]:
    floor = then - OVERLAP
    if at - floor >= WEEK:
        return {"start_time": (at - WEEK).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {"since_id": str(snowflake(floor))}


def newest_at(position: Position, *, at: datetime) -> datetime:
    """When the newest stored post was made; at the first start, a quarter of an hour ago."""
    newest = number_of(position.get("newest_id"))
    if newest is not None and newest > 0:
        return snowflake_time(str(newest))
    try:
        since = datetime.fromisoformat(text_of(position.get("newest_at")))
        return since if since.tzinfo else since.replace(tzinfo=UTC)
    except ValueError:
        return at - FIRST_LOOK


class Search:
    """X's search and lookup, page by page."""

    def __init__(self, wire: Wire, clock: Clock, queries: Sequence[str]) -> None:
        self._wire, self._clock, self._queries = wire, clock, queries
        self.read = Read()
        """What was delivered, and so is paid for."""

    async def since(self, position: Position, may_go_on: Callable[[], Awaitable[None]]) -> tuple[Page, Ended | None]:
        """Everything after a position, oldest first; and what kept us from getting all of it, if so.

        After each page `may_go_on` raises `Ended` where no more may be read: a cap is overshot by a page at most.
        """
        params = bounds(position, at=self._clock.now()) | {"max_results": "100"}
        pages: list[Page] = []
        for query in self._queries:
            failure = await self._follow(params | {"query": query}, pages, may_go_on)
            if failure is not None:
                return _merged(reversed(pages)), failure
        return _merged(reversed(pages)), None

    async def all(
        self, query: str, where: dict[str, str], may_go_on: Callable[[], Awaitable[None]]
    ) -> tuple[Page, Ended | None]:
        """Everything that one query finds, oldest first; and what kept us from getting all of it, if so."""
        pages: list[Page] = []
        failure = await self._follow(where | {"query": query, "max_results": "100"}, pages, may_go_on)
        return _merged(reversed(pages)), failure

    async def _follow(
        self, params: dict[str, str], pages: list[Page], may_go_on: Callable[[], Awaitable[None]]
    ) -> Ended | None:
        for _ in range(MOST_PAGES):
            try:
                page = await self._page(SEARCH, params)
                pages.append(page)
                await may_go_on()
            except Ended as ended:
                return ended
            if not page.next_token:
                return None
            params = params | {"next_token": page.next_token}
        log.warning("more posts were missed than are fetched at once; the oldest of them are left out")
        return None

    async def lookup(self, ids: Iterable[str]) -> Page:
        """These posts as they are now; `gone` says which may not be shown."""
        return _merged([await self._page(LOOKUP, {"ids": ",".join(some)}) for some in _hundreds(ids)])

    async def changes(self, known: dict[str, str]) -> list[Became]:
        """What became of these posts (id of the version we know -> ref): withdrawals and newer versions, and what the
        authors of all others are called now."""
        page = await self.lookup(known)
        gone = {post_id: reason for post_id, reason in page.gone.items() if post_id in known}
        gone |= await self._missing(set(known) - page.there - gone.keys())
        found: list[Became] = [Withdrawal("x", known[post_id], reason) for post_id, reason in gone.items()]
        newer = await self.lookup(page.incomplete) if page.incomplete else Page()
        found += [one for one in (*page.found, *newer.found) if not _is_known(one, known)]
        same = [one for one in page.found if _is_known(one, known)]
        found += [Account("x", one.ref, one.byline) for one in same]
        found += [Marked("x", one.ref) for one in same if one.sensitive]
        found += [
            Withdrawal("x", one.ref, "what it quotes is gone", only_quote=True)
            for one in same
            if one.quote and not one.quote.available
        ]
        return found

    async def _missing(self, left_out: set[str]) -> dict[str, str]:
        """Of posts that an answer left out without a word: those that it leaves out again, with the reason."""
        if not left_out:
            return {}
        again = await self.lookup(sorted(left_out))
        return {post_id: again.gone.get(post_id, LEFT_OUT) for post_id in left_out - again.there}

    async def _page(self, route: str, params: dict[str, str]) -> Page:
        try:
            page = read_page(await self._wire.look(route, params))
        except Unreadable:
            raise self._wire.garbled() from None
        self.read |= Read(page.there, page.along)
        return page


def _is_known(one: Found, known: dict[str, str]) -> TypeGuard[Incoming]:
    return isinstance(one, Incoming) and one.version_ref in known


def _merged(pages: Iterable[Page]) -> Page:
    """Pages come newest first, and so do their posts."""
    pages = list(pages)
    return Page(
        found=tuple(one for page in pages for one in reversed(page.found)),
        incomplete=tuple(dict.fromkeys(post_id for page in pages for post_id in page.incomplete)),
        gone={post_id: reason for page in pages for post_id, reason in page.gone.items()},
        newest=max((page.newest for page in pages), default=0),
        there=frozenset(post_id for page in pages for post_id in page.there),
    )


def _hundreds(ids: Iterable[str]) -> Iterator[list[str]]:
    every = list(dict.fromkeys(ids))
    return (every[start : start + PER_LOOKUP] for start in range(0, len(every), PER_LOOKUP))
