"""How an Event's posts come from Mastodon and its kin: the public timelines of its hashtags, asked again and again."""

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Never
from urllib.parse import quote

from app.domain.incoming import Account, Became, Found, Incoming, Withdrawal
from app.domain.sentence import Sentence, together
from app.domain.source import SourceState
from app.queries.sources import Assignment, Position
from app.sources import Clock, Ended, Outlet, Unreadable, Why
from app.sources.json_fields import Json, objects_of, text_of
from app.sources.mastodon.payload import SOURCE, NotForUs, Wishes, id_or_blank, read_status, ref_of
from app.sources.mastodon.servers import name_of, servers_of
from app.sources.mastodon.settings import MastodonSettings
from app.sources.mastodon.wire import Wire

log = logging.getLogger(__name__)

POLL_SECONDS = 10.0
TAGS_A_REQUEST = 5
"""One in the address and four beside it: more are not looked at."""
STATUSES_A_PAGE = 40
FULL_PAGE = 20
"""A page of so many may have another after it: some servers give no more at once, whatever is asked for."""
MAX_PAGES = 25
FIRST_LOOK_BACK = timedelta(days=1)
LATE_EVERY = timedelta(minutes=1)
LATE = timedelta(minutes=10)
LATE_PAGES = 3
"""A post that reaches a server late is put among the older ones, where who asks for newer never sees it."""
REFUSED_AGAIN = timedelta(minutes=5)
LONGEST_WAIT = timedelta(minutes=10)
STEPS = (10.0, 20.0, 40.0, 80.0, 160.0, 300.0)
STATUSES = "/api/v1/statuses"
IDS_A_REQUEST = 20
GONE = "deleted, or its author is gone"

NO_SERVER = Sentence("Name the servers to ask, in setup, under Networks.")
NO_HASHTAG = Sentence("Mastodon needs to know what to look for: give the event a hashtag.")
ASKING = Sentence("Asking %(servers)s every %(every)s seconds.")
NOT_WANTED = Sentence("%(server)s does not want to be asked by programs. Name another server.")
TO_BE_TRIED_AGAIN = {Why.STALLED, Why.NETWORK, Why.HTTP, Why.PROTOCOL, Why.RATE_LIMITED, Why.CLOSED}


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where to ask. `newest` are the positions of all timelines, this one's under `key`; None: none is to be kept."""

    route: str
    beside: list[tuple[str, str]]
    key: str
    newest: dict[str, str] | None


@dataclass(slots=True)
class _Server:
    """One server, and how it is getting on. `marks` are the newest ids of a timeline and when they were it."""

    wire: Wire
    ended: Ended | None = None
    failures: int = 0
    next_at: datetime | None = None
    late_at: datetime | None = None
    may_be_asked: bool = False
    one_by_one: bool = False
    marks: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)


class MastodonSource:
    """Several servers, for one Event: each sees only what reaches it. One that fails leaves the others alone."""

    def __init__(
        self, assignment: Assignment, settings: MastodonSettings, clock: Clock, *, every: float = POLL_SECONDS
    ) -> None:
        self._assignment, self._settings, self._clock, self._every = assignment, settings, clock, every
        options = assignment.options
        self._wishes = Wishes(
            hidden_from_search=options.get("hidden_from_search") is True, bots=options.get("no_bots") is not True
        )
        named = servers_of(text_of(options.get("servers"), 2000), settings.allowed)
        # The token is of an account at the first server, and goes nowhere else.
        self._servers = {
            name_of(server): _Server(self._wire(server, settings.token if not number else ""))
            for number, server in enumerate(named)
        }
        self._left: dict[str, _Server] = {}
        """Those that are named no more: what came from them is still looked after."""

    def _wire(self, server: str, token: str = "") -> Wire:
        return Wire(server, self._clock, token=token, allowed=self._settings.allowed)

    async def run(self, outlet: Outlet, position: Position) -> Never:
        if not self._servers:
            raise Ended(Why.BAD_RULES, NO_SERVER)
        if not self._assignment.hashtags:
            raise Ended(Why.BAD_RULES, NO_HASHTAG)
        newest = {key: text_of(value, 200) for key, value in position.items()}
        while True:
            await asyncio.gather(*(self._ask(server, newest, outlet) for server in self._servers.values()))
            failed = [server.ended for server in self._servers.values() if server.ended is not None]
            if len(failed) == len(self._servers):
                raise min(failed, key=lambda ended: ended.why not in TO_BE_TRIED_AGAIN)
            await outlet.say(SourceState.POLLING, self._said(failed))
            await outlet.heard()
            await self._clock.sleep(self._every)

    async def recheck(self, refs: dict[str, str]) -> list[Became]:
        """What became of these posts (where and under which id they were seen -> ref)."""
        found: list[Became] = []
        by_server: dict[str, dict[str, str]] = {}
        for known, ref in refs.items():
            name, _, rest = known.partition("/")
            by_server.setdefault(name, {})[rest.partition("#")[0]] = ref
        for name, ids in by_server.items():
            server = self._servers.get(name) or self._left.setdefault(name, _Server(self._wire(f"https://{name}")))
            for some in _parts(ids, IDS_A_REQUEST):
                for post_id, status in (await self._look_up(server, some)).items():
                    found += self._became(server, status, some[post_id], refs)
        return found

    # New posts

    async def _ask(self, server: _Server, newest: dict[str, str], outlet: Outlet) -> None:
        """All that is new at one server. What goes wrong is noted, and it is left alone for a while."""
        at = self._clock.now()
        if server.next_at is not None and at < server.next_at:
            return
        try:
            for tags in _fives(self._assignment.hashtags):
                await self._ask_for(server, tags, newest, outlet)
            server.ended, server.failures, server.next_at = None, 0, None
        except Ended as ended:
            log.info("%s of %s: %s", server.wire.name, self._assignment.slug, ended)
            pause = STEPS[min(server.failures, len(STEPS) - 1)]
            server.ended, server.failures = ended, server.failures + 1
            again = at + (timedelta(seconds=pause) if ended.why in TO_BE_TRIED_AGAIN else REFUSED_AGAIN)
            server.next_at = max(again, min(ended.retry_at or again, at + LONGEST_WAIT))

    async def _ask_for(self, server: _Server, tags: Sequence[str], newest: dict[str, str], outlet: Outlet) -> None:
        route = f"/api/v1/timelines/tag/{quote(tags[0], safe='')}"
        if not server.may_be_asked:
            if not await server.wire.may_ask(route):
                raise Ended(Why.BAD_RULES, NOT_WANTED.filled(server=server.wire.name))
            server.may_be_asked = True
        beside = [("any[]", tag) for tag in tags[1:]]
        key = f"{server.wire.name} {' '.join(tags)}"[:200]
        at, marks = self._clock.now(), server.marks.setdefault(key, [])
        if key in newest and marks and (server.late_at is None or at - server.late_at >= LATE_EVERY):
            server.late_at = at
            old = next((mark for then, mark in reversed(marks) if then <= at - LATE), marks[0][1])
            await self._pages(server, Timeline(route, beside, key, None), old, outlet, LATE_PAGES)
        await self._pages(server, Timeline(route, beside, key, newest), newest.get(key, ""), outlet, MAX_PAGES)
        if key in newest and (not marks or at - marks[-1][0] >= LATE_EVERY):
            marks.append((at, newest[key]))
            del marks[: -2 * int(LATE / LATE_EVERY)]

    async def _pages(self, server: _Server, timeline: Timeline, after: str, outlet: Outlet, most: int) -> None:
        """From the oldest that is new to the newest; each page is stored with where it ends."""
        for _ in range(most):
            since = [("min_id", after)] if after else []
            answer = await server.wire.get(timeline.route, [("limit", str(STATUSES_A_PAGE)), *timeline.beside, *since])
            page = objects_of(answer.content)
            if not isinstance(answer.content, list):
                raise server.wire.garbled()
            if not page:
                return
            found = self._read(server, page, first_look=not after)
            after = answer.newer or _first_id(page) or after
            if timeline.newest is None:
                await outlet.store(found)
            else:
                await outlet.store(found, {**timeline.newest, timeline.key: after})
                timeline.newest[timeline.key] = after
            if len(page) < FULL_PAGE or not since:
                return

    def _read(self, server: _Server, page: Sequence[Json], *, first_look: bool) -> list[Found]:
        found: list[Found] = []
        for status in reversed(page):
            try:
                one = read_status(status, server=server.wire.name, wishes=self._wishes)
            except NotForUs:
                continue
            except Unreadable as unreadable:
                log.warning("a status of %s cannot be read (%s)", server.wire.name, unreadable)
                continue
            if not first_look or one.posted_at > self._clock.now() - FIRST_LOOK_BACK:
                found.append(one)
        return found

    def _said(self, failed: Sequence[Ended]) -> str:
        well = ", ".join(name for name, server in self._servers.items() if server.ended is None)
        return together([ASKING.filled(servers=well, every=f"{self._every:g}"), *(one.sentence for one in failed)])

    # What became of those we have

    async def _look_up(self, server: _Server, ids: Mapping[str, str]) -> dict[str, Json | None]:
        """These as they are now, None for one that is gone; asked by themselves if an answer left them out."""
        found: dict[str, Json | None] = {}
        if not server.one_by_one:
            listed = await server.wire.listed(STATUSES, [("id[]", post_id) for post_id in ids])
            server.one_by_one = listed is None
            found = {post_id: one for one in listed or () if (post_id := id_or_blank(one)) in ids}
        for post_id in ids.keys() - found.keys():
            found[post_id] = await server.wire.there(f"{STATUSES}/{quote(post_id, safe='')}")
        return found

    def _became(self, server: _Server, status: Json | None, ref: str, known: Mapping[str, str]) -> Iterator[Became]:
        if status is None:
            yield Withdrawal(SOURCE, ref, GONE)
            return
        try:
            one = read_status(status, server=server.wire.name, wishes=self._wishes)
        except NotForUs as reason:
            yield Withdrawal(SOURCE, ref, str(reason))
            return
        except Unreadable as unreadable:
            log.warning("a status of %s cannot be read (%s)", server.wire.name, unreadable)
            return
        if not isinstance(one, Incoming) or ref_of(status) != ref:
            return
        if one.version_ref not in known:
            yield one
            return
        yield Account(SOURCE, ref, one.byline)
        if one.quote is not None and not one.quote.available:
            yield Withdrawal(SOURCE, ref, "what it quotes is gone", only_quote=True)


def _first_id(page: Sequence[Json]) -> str:
    return next((known for status in page if (known := id_or_blank(status))), "")


def _fives(tags: Sequence[str]) -> Iterator[Sequence[str]]:
    return (tags[start : start + TAGS_A_REQUEST] for start in range(0, len(tags), TAGS_A_REQUEST))


def _parts(ids: Mapping[str, str], most: int) -> Iterator[dict[str, str]]:
    every = list(ids.items())
    return (dict(every[start : start + most]) for start in range(0, len(every), most))
