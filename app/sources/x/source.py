"""How an Event's posts come from X: by its stream, or by asking again and again where there is none."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Never

from app.domain.incoming import Became, Found
from app.domain.reading_cost import Read
from app.domain.sentence import Sentence
from app.domain.source import SourceState
from app.queries.sources import Assignment, Kept, Position
from app.sources import Clock, Ended, Outlet, Unreadable, Why
from app.sources.bounded_inbox import Lines
from app.sources.x.answers import Conversations
from app.sources.x.payload import Page, read_line
from app.sources.x.progress import Progress
from app.sources.x.rules import search_queries, stream_rules, tag_of
from app.sources.x.search import Search, newest_at
from app.sources.x.settings import XSettings
from app.sources.x.stream_rules import agree_on_rules
from app.sources.x.usage import posts_counted
from app.sources.x.wire import Wire

log = logging.getLogger(__name__)

CONNECTIONS = "/2/connections"
FILTERED = "filtered_stream"
BAD_LINES = 10
CROWDED = 3
POLL_EVERY = 10.0
SILENCE = 30.0
"""After so many seconds without a byte the stream is dead. X sends a heartbeat every 20."""
STREAM_AGAIN = timedelta(minutes=15)
FREED_EVERY = timedelta(minutes=5)
MAX_STORED_AT_ONCE = 10
"""So many posts make one transaction: more would keep a moderator waiting."""

NO_TOKEN = Sentence("X needs a token: enter one in setup, under Networks.")
NO_HASHTAG = Sentence("X needs to know what to look for: give the event a hashtag.")
SHARED = Sentence("another event uses this token's only stream")
CHOSEN = Sentence("it is set up so")
NO_STREAM = Sentence("the token's plan has no stream")
TAKEN = Sentence("the stream is taken by another program")


class XSource:
    """X, for one Event. `run` holds one connection."""

    def __init__(self, assignment: Assignment, settings: XSettings, clock: Clock, *, silence: float = SILENCE) -> None:
        self._assignment, self._clock, self._token = assignment, clock, settings.token
        self._wire = Wire(self._token, settings.url, spelling=settings.x_field_spelling, silence=silence)
        self._search = Search(self._wire, clock, search_queries(assignment.hashtags))
        self._progress = Progress(assignment, self._search, clock)
        self._conversations = Conversations(self._search, clock)
        self._why_poll = "" if assignment.streams else SHARED
        if assignment.options.get("mode") == "poll":
            self._why_poll = CHOSEN
        self._poll_until: datetime | None = None
        self._crowded = 0
        self._freed_at: datetime | None = None
        self._ours: frozenset[str] = frozenset()
        self._bad_in_a_row = 0
        self._disconnect = ""
        self.bad_lines = 0

    async def run(self, outlet: Outlet, position: Position) -> None:
        if not self._token:
            raise Ended(Why.AUTH, NO_TOKEN)
        if not self._assignment.hashtags:
            raise Ended(Why.BAD_RULES, NO_HASHTAG)
        if not position:
            position = {"newest_at": newest_at({}, at=self._clock.now()).isoformat()}
            await outlet.store((), position)
        if not self._why_poll:
            await self._stream_if_allowed(outlet, position)
        await self._poll(outlet, position)

    async def recheck(self, refs: dict[str, str]) -> list[Became]:
        if not self._token:
            raise Ended(Why.AUTH, NO_TOKEN)
        return await self._search.changes(refs)

    async def answers(self, shown: Sequence[Kept], may_go_on: Callable[[], Awaitable[None]]) -> list[Found]:
        return await self._conversations.answers(shown, may_go_on) if self._token else []

    def taken(self) -> Read:
        read, self._search.read = self._search.read, Read()
        return read

    async def told(self) -> int | None:
        return None if not self._token else await posts_counted(self._wire, at=self._clock.now())

    # By the stream

    async def _stream_if_allowed(self, outlet: Outlet, position: Position) -> None:
        """Returns when there is no stream to be had and asking is the way."""
        try:
            await self._stream(outlet, position)
        except Ended as ended:
            if ended.why is Why.FORBIDDEN_PLAN:
                self._why_poll = NO_STREAM
                return
            if ended.why is Why.TOO_MANY_CONNECTIONS:
                await self._free_connection()
                self._crowded += 1
                if self._crowded >= CROWDED:
                    self._crowded, self._why_poll = 0, TAKEN
                    self._poll_until = self._clock.now() + STREAM_AGAIN
                    return
            raise

    async def _stream(self, outlet: Outlet, position: Position) -> Never:
        await outlet.say(SourceState.STARTING, "Connecting to X.")
        assignment = self._assignment
        rules = stream_rules(
            assignment.slug, assignment.hashtags, with_reposts=assignment.options.get("include_reposts") is True
        )
        self._ours = await agree_on_rules(self._wire, rules, slugs=(assignment.slug, *assignment.others))
        self._disconnect = ""
        lines = Lines()
        reader = asyncio.create_task(self._wire.stream(lines.put, lines.open))
        reader.add_done_callback(lambda _: lines.end())
        helpers: list[asyncio.Task[None]] = []
        try:
            if await lines.opened():
                self._crowded = 0
                progress = self._progress
                helpers = [
                    asyncio.create_task(progress.repair(outlet, position)),
                    asyncio.create_task(progress.settle_for_ever(outlet)),
                ]
                for helper in helpers:
                    helper.add_done_callback(lambda _: lines.wake())
                await self._listen(lines, outlet, helpers)
            await reader
        except Ended as ended:
            raise self._explained(ended) from None
        finally:
            await _end(reader, *helpers)
        raise AssertionError("a stream ends by raising")

    async def _listen(self, lines: Lines, outlet: Outlet, helpers: "list[asyncio.Task[None]]") -> None:
        """Store what comes, in the order in which it comes, until nothing does any more."""
        while some := await lines.take(MAX_STORED_AT_ONCE):
            for helper in helpers:
                if helper.done():
                    helper.result()
            found = [one for raw in some if raw for one in self._read(raw)]
            await outlet.heard()
            if found:
                await outlet.store(found)

    def _read(self, raw: bytes) -> tuple[Found, ...]:
        try:
            page = read_line(raw)
        except Unreadable as unreadable:
            self._complain(raw, unreadable)
            return ()
        self._bad_in_a_row = 0
        self._disconnect = page.disconnect or self._disconnect
        self._search.read |= Read(page.there, page.along)  # for other events of ours too: it was delivered
        if not self._is_ours(page):
            return ()
        self._progress.note(page)
        return page.found

    def _complain(self, raw: bytes, unreadable: Unreadable) -> None:
        self.bad_lines += 1
        self._bad_in_a_row += 1
        beginning = raw[:4096].decode("utf-8", "replace").replace(self._token, "…")
        log.warning("a line of X cannot be read (%s): %r", unreadable, beginning)
        if self._bad_in_a_row >= BAD_LINES:
            self._bad_in_a_row = 0
            raise Ended(Why.PROTOCOL, "X sends lines that cannot be read.")

    def _is_ours(self, page: Page) -> bool:
        """Rules belong to the token, so posts for other events and programs come along: left out."""
        if not page.rules:
            return True
        tag = tag_of(self._assignment.slug)
        return any(theirs in (tag, "") or rule_id in self._ours for rule_id, theirs in page.rules)

    def _explained(self, ended: Ended) -> Ended:
        if ended.why is Why.CLOSED and self._disconnect:
            return Ended(ended.why, Sentence("X closed the connection (%(why)s).", why=self._disconnect))
        if ended.why is Why.BAD_RULES and ended.sentence == "X says that no rules are set.":
            # They were just set: X is late, or somebody removed them. The next try sets them anew.
            return Ended(Why.HTTP, ended.sentence)
        return ended

    async def _free_connection(self) -> None:
        """End what is left of an earlier connection of ours, such as of a process that was killed."""
        at = self._clock.now()
        if self._freed_at is not None and at - self._freed_at < FREED_EVERY:
            return
        self._freed_at = at
        with suppress(Ended):
            there = await self._wire.request("GET", CONNECTIONS, params={"endpoints": FILTERED})
            if there.get("data"):
                await self._wire.request("DELETE", f"{CONNECTIONS}/{FILTERED}")

    # By asking

    async def _poll(self, outlet: Outlet, position: Position) -> None:
        every = self._poll_every()
        while True:
            ended = await self._progress.fetch(outlet, position)
            if ended is not None:
                raise ended
            await self._progress.settle(outlet)
            position = self._progress.position() or position
            await outlet.store((), position)
            asking = Sentence("Asking X every %(every)s seconds, because %(why)s.")
            await outlet.say(SourceState.POLLING, asking.filled(every=f"{every:g}", why=self._why_poll))
            await outlet.heard()
            if self._poll_until is not None and self._clock.now() >= self._poll_until:
                self._poll_until, self._why_poll = None, ""
                raise Ended(Why.CLOSED, "Trying the stream of X again.")
            await self._clock.sleep(every)

    def _poll_every(self) -> float:
        every = self._assignment.options.get("poll_seconds")
        return min(max(float(every), 2.0), 600.0) if isinstance(every, int | float) else POLL_EVERY


async def _end(*tasks: "asyncio.Task[None]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not complain
