"""How far the posts of X are stored, and fetching what is missing before that."""

from contextlib import suppress
from zoneinfo import ZoneInfo

from app.domain.sentence import Moment, Sentence
from app.domain.source import SourceState
from app.queries.sources import Assignment, Position
from app.sources import Clock, Ended, Outlet
from app.sources.backoff import Backoff
from app.sources.x.payload import Page
from app.sources.x.search import Search, newest_at

PASSES = (0.0, 30.0, 60.0)
"""Pauses before each look for what was missed: rules take effect late, and search knows posts late."""
VERIFY_EVERY = 120.0
"""A stream can be silent about posts and alive. A post that is asked for twice on a day is paid for once."""
SETTLE_EVERY = 1.0
TRIES = 5
MAX_STORED_AT_ONCE = 10


class Progress:
    """Only search moves the position, afterwards: a crash, or a stream that leaves posts out, loses none."""

    def __init__(self, assignment: Assignment, search: Search, clock: Clock) -> None:
        self._search, self._clock = search, clock
        self._zone = ZoneInfo(assignment.zone)
        hashtags = " ".join(f"#{tag}" for tag in assignment.hashtags)[:200]
        self._listening = Sentence("Listening to %(hashtags)s.", hashtags=hashtags)
        self._newest = 0
        self._owed: dict[str, int] = {}
        """Ids of posts that came incomplete, with how often they were looked up."""

    def note(self, page: Page) -> None:
        self._newest = max(self._newest, page.newest)
        for post_id in page.incomplete:
            self._owed.setdefault(post_id, 0)

    def position(self) -> Position | None:
        """The newest post known; None if there is none, or something before it is still to be looked up."""
        return {"newest_id": str(self._newest)} if self._newest and not self._owed else None

    async def repair(self, outlet: Outlet, position: Position) -> None:
        """Fetch what was posted while nobody listened, then look now and then for what the stream left out.

        The stream goes on, whatever happens here.
        """
        since = newest_at(position, at=self._clock.now()).astimezone(self._zone)
        fetching = Sentence("Connected. Fetching what was posted since %(since)s.", since=Moment(since))
        await outlet.say(SourceState.CATCHING_UP, fetching)
        sentence, start = self._listening, position
        for pause in PASSES:
            await self._clock.sleep(pause)
            position = self.position() or start
            if (ended := await self._insist(outlet, start)) is not None:
                sentence = Sentence("Listening, but what was missed cannot be had: %(why)s", why=ended.sentence)
                break
            await outlet.say(SourceState.LIVE, sentence)
        while True:
            await outlet.say(SourceState.LIVE, sentence)
            await outlet.store((), position)
            await self._clock.sleep(VERIFY_EVERY)
            reached = self.position() or position
            if await self.fetch(outlet, position) is None:
                position, sentence = reached, self._listening

    async def fetch(self, outlet: Outlet, position: Position) -> Ended | None:
        """Store everything after a position; gives what kept us from getting all of it, if anything did."""
        page, ended = await self._search.since(position, outlet.may_go_on)
        self.note(page)
        for start in range(0, len(page.found), MAX_STORED_AT_ONCE):
            await outlet.store(page.found[start : start + MAX_STORED_AT_ONCE])
        return ended

    async def settle(self, outlet: Outlet) -> None:
        """Look up what came incomplete, a few times; then it is one whose author may not be shown."""
        if not self._owed:
            return
        owed = dict(self._owed)
        page = await self._search.lookup(owed)
        await outlet.store(page.found)
        self.note(page)
        for post_id, tries in owed.items():
            if post_id not in page.incomplete or post_id in page.gone or tries + 1 >= TRIES:
                del self._owed[post_id]
            else:
                self._owed[post_id] = tries + 1

    async def settle_for_ever(self, outlet: Outlet) -> None:
        while True:
            await self._clock.sleep(SETTLE_EVERY)
            with suppress(Ended):
                await self.settle(outlet)

    async def _insist(self, outlet: Outlet, position: Position) -> Ended | None:
        """Fetch, and again after a while if X does not let us now; gives what makes it hopeless."""
        backoff = Backoff()
        while (ended := await self.fetch(outlet, position)) is not None:
            at = self._clock.now()
            wait = backoff.after(ended, lived=0, at=at, jitter=self._clock.jitter())
            if wait is None:
                return ended
            sentence = Sentence("Listening; what was missed has to wait: %(why)s", why=ended.sentence)
            await outlet.say(SourceState.CATCHING_UP, sentence)
            await self._clock.sleep(wait)
        return None
