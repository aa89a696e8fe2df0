"""How an Event's posts come from Bluesky: all that is posted there goes by, what bears a hashtag is taken out."""

import logging
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Never
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection

from app.domain.incoming import Became, Incoming, Marked, Withdrawal
from app.domain.sentence import Sentence
from app.domain.source import SourceState
from app.queries.sources import Assignment, Position
from app.sources import Clock, Ended, Outlet, Unreadable, Why
from app.sources.bluesky.appview import URIS_A_REQUEST, AppView
from app.sources.bluesky.jetstream import (
    CLOSED,
    FRAMES,
    GARBLED,
    SILENCE_SECONDS,
    Happened,
    Outdated,
    TooOld,
    address,
    is_first_version,
    listening,
    next_frame,
    read_frame,
)
from app.sources.bluesky.labels import Label, Labels
from app.sources.bluesky.look_ups import LookUps
from app.sources.bluesky.looking_again import GONE, became, version_at
from app.sources.bluesky.payload import NEVER, SOURCE, address_of, answered
from app.sources.bluesky.search import Search
from app.sources.bluesky.settings import BlueskySettings
from app.sources.bluesky.text import tags_of
from app.sources.json_fields import Json, number_of, text_of
from app.sources.side_by_side import side_by_side

log = logging.getLogger(__name__)

KEEP_PLACE = timedelta(seconds=5)
BAD_FRAMES = 10
MAX_KEPT = 50_000
LOOK_UP_EVERY = 0.3
"""Seconds between two look-ups: what came meanwhile is asked for together."""
MAX_STORED_AT_ONCE = 10
"""So many posts make one transaction: more would keep a moderator waiting."""

NO_HASHTAG = Sentence("Bluesky needs to know what to look for: give the event a hashtag.")
CONNECTING = Sentence("Connecting to Bluesky.")
MISSED = Sentence("It was away for so long that some posts are missed. Bluesky keeps its stream for a day and a half.")
SEARCH_BACK = timedelta(days=1)
LONGEST_SEARCH = timedelta(days=7)
NOT_SEARCHED = Sentence("What was posted before could not be searched for: %(why)s")


class BlueskySource:
    """Bluesky, for one Event. `run` holds one connection."""

    def __init__(
        self, assignment: Assignment, settings: BlueskySettings, clock: Clock, *, silence: float = SILENCE_SECONDS
    ) -> None:
        self._assignment, self._clock, self._silence = assignment, clock, silence
        self._url, self._appview = settings.bluesky_jetstream_url, AppView(settings.appview, clock)
        self._tags = frozenset(tag.lstrip("#＃").casefold() for tag in assignment.hashtags)
        self._look_ups = LookUps(self._appview, clock)
        self._gone: deque[str] = deque(maxlen=MAX_KEPT)
        self._marked: deque[str] = deque(maxlen=MAX_KEPT)
        self._labels = Labels(settings.bluesky_labels_url, clock)
        self._kept: dict[str, None] = {}
        """Addresses of what we have, the newest last: of all that is deleted there, these concern us."""
        self._newest: Happened | None = None
        self._bad_in_a_row = 0
        self._search = Search(settings)
        self._search_since: datetime | None = None
        """From when on the stream has not told of everything."""
        self._answers_too = assignment.options.get("answers") is True

    async def run(self, outlet: Outlet, position: Position) -> Never:
        if not self._tags:
            raise Ended(Why.BAD_RULES, NO_HASHTAG)
        await outlet.say(SourceState.STARTING, CONNECTING)
        self._look_ups.clear()
        self._newest = None
        if not position:
            self._search_since = self._clock.now() - SEARCH_BACK
            position = self._from_now_on()
            await outlet.store((), position)
        try:
            spoken = None if is_first_version(self._url) else FRAMES
            async with listening(address(self._url, position), spoken, pings=False) as socket:
                await outlet.say(SourceState.LIVE, "")
                await self._hold(socket, outlet, position)
        except TooOld:
            self._search_since = self._last_heard(position)
            await outlet.store((), self._from_now_on())
            raise Ended(Why.CLOSED, MISSED) from None
        raise Ended(Why.CLOSED, CLOSED)

    async def recheck(self, refs: dict[str, str]) -> list[Became]:
        """What became of these posts (address and hash of the version we know -> address)."""
        found: list[Became] = []
        every = list(refs.items())
        for start in range(0, len(every), URIS_A_REQUEST):
            some = dict(every[start : start + URIS_A_REQUEST])
            self._keep(some.values())
            views = await self._appview.posts(some.values(), calmly=True)
            views |= await self._appview.posts((ref for ref in some.values() if ref not in views), calmly=True)
            for known, ref in some.items():
                found += became(views.get(ref), known, ref, at=self._clock.now())
        return found

    def remember(self, refs: Mapping[str, str]) -> None:
        """The stream tells of all that is deleted there: of what concerns us only who knows what we have can tell."""
        self._keep(refs.values())

    # The stream

    async def _hold(self, socket: ClientConnection, outlet: Outlet, position: Position) -> None:
        """Read what goes by, and look up beside it; the first of both that ends, ends this."""
        await side_by_side(
            self._listen(socket, outlet, position), self._look_up_for_ever(outlet), self._labels.listen(self._heed)
        )

    async def _listen(self, socket: ClientConnection, outlet: Outlet, position: Position) -> None:
        while True:
            frame = await next_frame(socket, self._silence)
            try:
                happened = read_frame(frame)
            except Outdated:
                self._search_since = self._last_heard(position)
                await outlet.say(SourceState.LIVE, MISSED)
                continue
            except Unreadable as unreadable:
                self._complain(frame, unreadable)
                continue
            self._bad_in_a_row = 0
            if happened is not None:
                self._newest = happened
                self._sort(happened)
            while self._look_ups.is_full:
                await self._clock.sleep(LOOK_UP_EVERY)

    def _complain(self, frame: str, unreadable: Unreadable) -> None:
        self._bad_in_a_row += 1
        log.warning("a frame of Bluesky cannot be read (%s): %r", unreadable, frame[:4096])
        if self._bad_in_a_row >= BAD_FRAMES:
            raise Ended(Why.PROTOCOL, GARBLED)

    def _sort(self, happened: Happened) -> None:
        uri = address_of(happened.did, happened.rkey)
        if happened.operation == "delete":
            self._look_ups.drop(uri)
            self._gone.extend([uri] if uri in self._kept else [])
        elif happened.account is False:
            all_of_theirs = f"at://{happened.did}/"
            self._look_ups.drop_all_of(all_of_theirs)
            self._gone.extend(ref for ref in self._kept if ref.startswith(all_of_theirs))
        elif happened.record is not None and self._is_ours(happened.record):
            version = version_at(self._clock.now()) if happened.operation == "update" else 0
            self._look_ups.add(uri, happened, version)

    def _is_ours(self, record: Json) -> bool:
        if tags_of(record, text_of(record.get("text"))) & self._tags:
            return True
        return self._answers_too and not self._kept.keys().isdisjoint(answered(record))

    def _heed(self, label: Label) -> None:
        """Of all that is labelled there, by whom it is made or by itself, what we keep concerns us."""
        if label.on.startswith("at://"):
            concerned = [label.on] if label.on in self._kept else []
        else:
            concerned = [ref for ref in self._kept if ref.startswith(f"at://{label.on}/")]
        if label.value in NEVER:
            self._gone.extend(concerned)
        else:
            self._marked.extend(concerned)

    # Names, pictures and labels are not in the stream

    async def _look_up_for_ever(self, outlet: Outlet) -> Never:
        told_at = self._clock.now()
        while True:
            await self._clock.sleep(LOOK_UP_EVERY)
            await self._search_for_what_was_missed(outlet)
            await self._withdraw(outlet)
            found = await self._look_ups.next()
            self._keep(one.ref for one in found)  # before it is stored: what is deleted meanwhile is not overheard
            at = self._clock.now()
            await self._store(outlet, found)
            if self._newest is not None and at - told_at >= KEEP_PLACE:
                told_at = at
                await outlet.store((), self._position())
                await outlet.heard()

    async def _withdraw(self, outlet: Outlet) -> None:
        while self._gone:
            some = [self._gone.popleft() for _ in range(min(len(self._gone), MAX_STORED_AT_ONCE))]
            await outlet.store([Withdrawal(SOURCE, uri, GONE) for uri in some])
        while self._marked:
            some = [self._marked.popleft() for _ in range(min(len(self._marked), MAX_STORED_AT_ONCE))]
            await outlet.store([Marked(SOURCE, uri) for uri in some])

    async def _store(self, outlet: Outlet, found: Sequence[Incoming]) -> None:
        """A few at a time; where the next connection starts is kept with the last."""
        for start in range(0, len(found), MAX_STORED_AT_ONCE):
            is_last = start + MAX_STORED_AT_ONCE >= len(found)
            some = found[start : start + MAX_STORED_AT_ONCE]
            await outlet.store(some, self._position() if is_last else None)

    async def _search_for_what_was_missed(self, outlet: Outlet) -> None:
        """Once the stream is open: what was posted before it was, or while it was away for too long."""
        if (since := self._search_since) is None:
            return
        self._search_since = None
        if not self._search.is_possible:
            return
        try:
            async for found in self._search.posts(sorted(self._tags), since):
                self._keep(one.ref for one in found)
                await outlet.store(found)
        except Ended as ended:
            await outlet.say(SourceState.LIVE, NOT_SEARCHED.filled(why=ended.sentence))

    def _last_heard(self, position: Position) -> datetime:
        at_us, back = number_of(position.get("at_us")), self._clock.now() - LONGEST_SEARCH
        return max(back, datetime.fromtimestamp(at_us / 1_000_000, UTC)) if at_us else back

    def _from_now_on(self) -> Position:
        """A moment between the greeting and what is told after it, or a connection that ends before, leaves no gap."""
        return {"host": "", "at_us": int(self._clock.now().timestamp() * 1_000_000)}

    def _position(self) -> Position:
        """Where the next connection starts: at the oldest post that still waits, else at the newest event."""
        oldest = self._look_ups.oldest or self._newest
        if oldest is None:
            return {}
        return {"host": urlsplit(self._url).netloc, "place": oldest.place, "at_us": oldest.at_us}

    def _keep(self, refs: Iterable[str]) -> None:
        for ref in refs:
            self._kept.pop(ref, None)
            self._kept[ref] = None
        while len(self._kept) > MAX_KEPT:
            del self._kept[next(iter(self._kept))]
