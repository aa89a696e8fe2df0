"""How an Event's posts come from Mastodon and its kin: the public timelines of its hashtags, asked again and again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Never
from urllib.parse import quote

from app.domain.incoming import Became, Found
from app.domain.sentence import Sentence, together
from app.domain.source import SourceState
from app.queries.sources import Assignment, Kept, Position
from app.sources import Clock, Ended, Outlet, Why
from app.sources.json_fields import text_of
from app.sources.mastodon.answers import answers
from app.sources.mastodon.asked_server import AskedServer
from app.sources.mastodon.following import follow
from app.sources.mastodon.looking_again import look_again
from app.sources.mastodon.payload import Wishes
from app.sources.mastodon.servers import name_of, servers_of
from app.sources.mastodon.settings import MastodonSettings
from app.sources.mastodon.timelines import MAX_PAGES, Pages, Timeline
from app.sources.mastodon.wire import Wire
from app.sources.side_by_side import side_by_side

log = logging.getLogger(__name__)

POLL_SECONDS = 10.0
TAGS_A_REQUEST = 5
"""One in the address and four beside it: more are not looked at."""
LATE_EVERY = timedelta(minutes=1)
LATE = timedelta(minutes=10)
LATE_PAGES = 3
"""A post that reaches a server late is put among the older ones, where who asks for newer never sees it."""
REFUSED_AGAIN = timedelta(minutes=5)
LONGEST_WAIT = timedelta(minutes=10)
STEPS = (10.0, 20.0, 40.0, 80.0, 160.0, 300.0)
BESIDE_A_STREAM = timedelta(minutes=1)
"""Where a stream is open a timeline is asked so often only: a stream may lose something without a word."""

NO_SERVER = Sentence("Name the servers to ask, in setup, under Networks.")
NO_HASHTAG = Sentence("Mastodon needs to know what to look for: give the event a hashtag.")
FOLLOWING = Sentence("Listening to %(servers)s.")
ASKING = Sentence("Asking %(servers)s every %(every)s seconds.")
NOT_WANTED = Sentence("%(server)s does not want to be asked by programs. Name another server.")
TO_BE_TRIED_AGAIN = {Why.STALLED, Why.NETWORK, Why.HTTP, Why.PROTOCOL, Why.RATE_LIMITED, Why.CLOSED}


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
        self._pages = Pages(self._wishes, clock)
        named = servers_of(text_of(options.get("servers"), 2000), settings.allowed)
        # The token is of an account at one server, and goes nowhere else.
        whose = settings.mastodon_token_server or (name_of(named[0]) if named else "")
        self._servers = {
            name_of(server): self._asked(server, settings.token if name_of(server) == whose else "") for server in named
        }
        self._left: dict[str, AskedServer] = {}
        """Those that are named no more: what came from them is still looked after."""

    def _asked(self, server: str, token: str = "") -> AskedServer:
        return AskedServer(Wire(server, self._clock, token=token, allowed=self._settings.allowed), token)

    async def run(self, outlet: Outlet, position: Position) -> Never:
        if not self._servers:
            raise Ended(Why.BAD_RULES, NO_SERVER)
        if not self._assignment.hashtags:
            raise Ended(Why.BAD_RULES, NO_HASHTAG)
        newest = {key: text_of(value, 200) for key, value in position.items()}
        tags, allowed = self._assignment.hashtags, self._settings.allowed
        followed = [server for server in self._servers.values() if server.token]
        await side_by_side(
            self._ask_again_and_again(newest, outlet),
            *(follow(one, tags, self._wishes, outlet, self._clock, allowed=allowed) for one in followed),
        )
        raise AssertionError("asking and following end by raising")

    async def recheck(self, refs: dict[str, str]) -> list[Became]:
        """What became of these posts (where and under which id they were seen -> ref)."""
        found: list[Became] = []
        self.remember(refs)
        for name, ids in _by_server(refs).items():
            server = self._servers.get(name) or self._left.setdefault(name, self._asked(f"https://{name}"))
            found += await look_again(server, ids, refs, self._wishes)
        return found

    async def answers(self, shown: Sequence[Kept], _may_go_on: Callable[[], Awaitable[None]]) -> list[Found]:
        found: list[Found] = []
        for name, ids in _by_server({post.version_ref: post.ref for post in shown}).items():
            if server := self._servers.get(name):
                found += await answers(server, [*ids], self._wishes)
        return found

    def remember(self, refs: Mapping[str, str]) -> None:
        """A stream tells of what is deleted by the ids that its server gave."""
        for known, ref in refs.items():
            if server := self._servers.get(known.partition("/")[0]):
                server.know(known, ref)

    # New posts

    async def _ask_again_and_again(self, newest: dict[str, str], outlet: Outlet) -> Never:
        while True:
            await asyncio.gather(*(self._ask(server, newest, outlet) for server in self._servers.values()))
            failed = [server.ended for server in self._servers.values() if server.ended is not None]
            if len(failed) == len(self._servers):
                raise min(failed, key=lambda ended: ended.why not in TO_BE_TRIED_AGAIN)
            all_follow = all(server.follows for server in self._servers.values())
            await outlet.say(SourceState.LIVE if all_follow else SourceState.POLLING, self._said(failed))
            await outlet.heard()
            await self._clock.sleep(self._every)

    async def _ask(self, server: AskedServer, newest: dict[str, str], outlet: Outlet) -> None:
        """All that is new at one server. What goes wrong is noted, and it is left alone for a while."""
        at = self._clock.now()
        if server.next_at is not None and at < server.next_at:
            return
        if server.follows and server.asked_at is not None and at - server.asked_at < BESIDE_A_STREAM:
            return
        # What was said before the stream opened is asked for after it has.
        server.asked_at = at if server.follows else None
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

    async def _ask_for(self, server: AskedServer, tags: Sequence[str], newest: dict[str, str], outlet: Outlet) -> None:
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
            await self._pages.after(server, Timeline(route, beside, key, None), old, outlet, LATE_PAGES)
        timeline = Timeline(route, beside, key, newest)
        if key in newest and not newest[key]:
            await self._pages.first_ever(server, timeline, outlet)
        else:
            await self._pages.after(server, timeline, newest.get(key, ""), outlet, MAX_PAGES)
        if newest.get(key) and (not marks or at - marks[-1][0] >= LATE_EVERY):
            marks.append((at, newest[key]))
            del marks[: -2 * int(LATE / LATE_EVERY)]

    def _said(self, failed: Sequence[Ended]) -> str:
        every = self._servers.items()
        followed = ", ".join(name for name, server in every if server.follows)
        asked = ", ".join(name for name, server in every if server.ended is None and not server.follows)
        said = [FOLLOWING.filled(servers=followed)] if followed else []
        said += [ASKING.filled(servers=asked, every=f"{self._every:g}")] if asked else []
        cut_off = [server.stream_ended.sentence for _, server in every if server.stream_ended is not None]
        return together([*said, *cut_off, *(one.sentence for one in failed)])


def _by_server(refs: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Which ids to ask for at which server, and what these are called everywhere."""
    found: dict[str, dict[str, str]] = {}
    for known, ref in refs.items():
        name, _, rest = known.partition("/")
        found.setdefault(name, {})[rest.partition("#")[0]] = ref
    return found


def _fives(tags: Sequence[str]) -> Iterator[Sequence[str]]:
    return (tags[start : start + TAGS_A_REQUEST] for start in range(0, len(tags), TAGS_A_REQUEST))
