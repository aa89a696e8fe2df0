"""How an Event's posts come from Bluesky: all that is posted there goes by, what bears a hashtag is taken out."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Never
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection

from app.domain.incoming import Account, Became, Incoming, Withdrawal
from app.domain.sentence import Sentence
from app.domain.source import SourceState
from app.queries.sources import Assignment, Position
from app.sources import Clock, Ended, Outlet, Unreadable, Why
from app.sources.bluesky.appview import URIS_A_REQUEST, AppView
from app.sources.bluesky.jetstream import (
    CLOSED,
    GARBLED,
    SILENCE_SECONDS,
    Happened,
    Outdated,
    TooOld,
    address,
    listening,
    next_frame,
    read_frame,
)
from app.sources.bluesky.payload import SOURCE, NotForUs, address_of, read_post
from app.sources.bluesky.settings import BlueskySettings
from app.sources.bluesky.text import tags_of
from app.sources.json_fields import Json, text_of

log = logging.getLogger(__name__)

MAX_WAITING = 2000
"""So many posts wait to be looked up; of more the connection ends, and goes on from where it was."""
LOOK_UPS = 6
TRY_AGAIN = timedelta(seconds=2)
"""The stream is ahead of the look-ups: a post that they do not know yet is asked for again, so often at most."""
KEEP_PLACE = timedelta(seconds=5)
BAD_FRAMES = 10
MAX_KEPT = 50_000
LOOK_UP_EVERY = 0.3
"""Seconds between two look-ups: what came meanwhile is asked for together."""
FIRST_POSTS = datetime(2023, 1, 1, tzinfo=UTC)

NO_HASHTAG = Sentence("Bluesky needs to know what to look for: give the event a hashtag.")
CONNECTING = Sentence("Connecting to Bluesky.")
MISSED = Sentence("It was away for so long that some posts are missed. Bluesky keeps its stream for a day and a half.")
MANY = Sentence("Posts come faster than they can be looked up; it goes on from where it was.")
GONE = "deleted, or its author is gone"


@dataclass(slots=True)
class _Waiting:
    """A post that has to be looked up; `place` is where it stood in the stream."""

    uri: str
    place: int
    at_us: int
    version: int = 0
    tries: int = 0
    not_before: datetime = FIRST_POSTS


class BlueskySource:
    """Bluesky, for one Event. `run` holds one connection."""

    def __init__(
        self, assignment: Assignment, settings: BlueskySettings, clock: Clock, *, silence: float = SILENCE_SECONDS
    ) -> None:
        self._assignment, self._clock, self._silence = assignment, clock, silence
        self._url, self._appview = settings.bluesky_jetstream_url, AppView(settings.appview)
        self._tags = frozenset(tag.lstrip("#＃").casefold() for tag in assignment.hashtags)
        self._waiting: deque[_Waiting] = deque()
        self._gone: deque[str] = deque(maxlen=MAX_KEPT)
        self._kept: dict[str, None] = {}
        """Addresses of what we have, the newest last: of all that is deleted there, these concern us."""
        self._newest: Happened | None = None
        self._bad_in_a_row = 0

    async def run(self, outlet: Outlet, position: Position) -> Never:
        if not self._tags:
            raise Ended(Why.BAD_RULES, NO_HASHTAG)
        await outlet.say(SourceState.STARTING, CONNECTING)
        self._waiting.clear()
        self._newest = None
        try:
            async with listening(address(self._url, position)) as socket:
                await outlet.say(SourceState.LIVE, "")
                await self._hold(socket, outlet)
        except TooOld:
            await outlet.store((), {"host": ""})
            raise Ended(Why.CLOSED, MISSED) from None
        raise Ended(Why.CLOSED, CLOSED)

    async def recheck(self, refs: dict[str, str]) -> list[Became]:
        """What became of these posts (address and hash of the version we know -> address)."""
        found: list[Became] = []
        every = list(refs.items())
        for start in range(0, len(every), URIS_A_REQUEST):
            some = dict(every[start : start + URIS_A_REQUEST])
            self._remember(some.values())
            views = await self._appview.posts(some.values())
            views |= await self._appview.posts(ref for ref in some.values() if ref not in views)
            for known, ref in some.items():
                found += self._became(views.get(ref), known, ref)
        return found

    # The stream

    async def _hold(self, socket: ClientConnection, outlet: Outlet) -> None:
        """Read what goes by, and look up beside it; the first of both that ends, ends this."""
        tasks = {
            asyncio.create_task(self._listen(socket, outlet)),
            asyncio.create_task(self._look_up_for_ever(outlet)),
        }
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _listen(self, socket: ClientConnection, outlet: Outlet) -> None:
        while True:
            frame = await next_frame(socket, self._silence)
            try:
                happened = read_frame(frame)
            except Outdated:
                await outlet.say(SourceState.LIVE, MISSED)
                continue
            except Unreadable as unreadable:
                self._complain(frame, unreadable)
                continue
            self._bad_in_a_row = 0
            if happened is not None:
                self._newest = happened
                self._sort(happened)

    def _complain(self, frame: str, unreadable: Unreadable) -> None:
        self._bad_in_a_row += 1
        log.warning("a frame of Bluesky cannot be read (%s): %r", unreadable, frame[:4096])
        if self._bad_in_a_row >= BAD_FRAMES:
            raise Ended(Why.PROTOCOL, GARBLED)

    def _sort(self, happened: Happened) -> None:
        uri = address_of(happened.did, happened.rkey)
        if happened.operation == "delete" and uri in self._kept:
            self._gone.append(uri)
        elif happened.account is False:
            self._gone.extend(ref for ref in self._kept if ref.startswith(f"at://{happened.did}/"))
        elif happened.record is not None and self._is_ours(happened.record):
            if len(self._waiting) >= MAX_WAITING:
                raise Ended(Why.STALLED, MANY)
            version = _version(self._clock.now()) if happened.operation == "update" else 0
            self._waiting.append(_Waiting(uri, happened.place, happened.at_us, version))

    def _is_ours(self, record: Json) -> bool:
        return bool(tags_of(record, text_of(record.get("text"))) & self._tags)

    # Names, pictures and labels are not in the stream

    async def _look_up_for_ever(self, outlet: Outlet) -> Never:
        told_at = self._clock.now()
        while True:
            await self._clock.sleep(LOOK_UP_EVERY)
            while self._gone:
                await outlet.store([Withdrawal(SOURCE, self._gone.popleft(), GONE)])
            found = await self._look_up()
            at = self._clock.now()
            if found or (self._newest is not None and at - told_at >= KEEP_PLACE):
                await outlet.store(found, self._position())
                self._remember(one.ref for one in found)
            if self._newest is not None and at - told_at >= KEEP_PLACE:
                told_at = at
                await outlet.heard()

    async def _look_up(self) -> list[Incoming]:
        at = self._clock.now()
        due = [one for one in self._waiting if one.not_before <= at][:URIS_A_REQUEST]
        views = await self._appview.posts(one.uri for one in due)
        found: list[Incoming] = []
        for one in due:
            view = views.get(one.uri)
            one.tries += 1
            one.not_before = at + TRY_AGAIN
            if view is None and one.tries < LOOK_UPS:
                continue
            self._waiting.remove(one)
            if view is not None and (post := _read(view, one.version)) is not None:
                found.append(post)
        return found

    def _position(self) -> Position:
        """Where the next connection starts: at the oldest post that still waits, else at the newest event."""
        oldest = min(self._waiting, key=lambda one: one.place, default=None) or self._newest
        if oldest is None:
            return {}
        return {"host": urlsplit(self._url).netloc, "place": oldest.place, "at_us": oldest.at_us}

    def _remember(self, refs: Iterable[str]) -> None:
        for ref in refs:
            self._kept.pop(ref, None)
            self._kept[ref] = None
        while len(self._kept) > MAX_KEPT:
            del self._kept[next(iter(self._kept))]

    # What became of those we have

    def _became(self, view: Json | None, known: str, ref: str) -> Iterator[Became]:
        if view is None:
            yield Withdrawal(SOURCE, ref, GONE)
            return
        try:
            one = read_post(view, version=_version(self._clock.now()))
        except NotForUs as reason:
            yield Withdrawal(SOURCE, ref, str(reason))
            return
        except Unreadable as unreadable:
            log.warning("a post of Bluesky cannot be read (%s)", unreadable)
            return
        if one.version_ref != known:
            yield one
            return
        yield Account(SOURCE, ref, one.byline)
        if one.quote is not None and not one.quote.available:
            yield Withdrawal(SOURCE, ref, "what it quotes is gone", only_quote=True)


def _read(view: Json, version: int) -> Incoming | None:
    try:
        return read_post(view, version=version)
    except NotForUs:
        return None
    except Unreadable as unreadable:
        log.warning("a post of Bluesky cannot be read (%s)", unreadable)
        return None


def _version(at: datetime) -> int:
    """Seconds, so that a change that is noticed later counts as the newer one."""
    return int((at - FIRST_POSTS).total_seconds())
