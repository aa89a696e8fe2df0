"""The Feed: reads an Event's new lines once, renders once per view, hands to the readers of that view."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from app.backchannel import Backchannel
from app.bus import Bus
from app.live.subscription import FAILED, REVOKED, Message, Subscription
from app.queries.events import revoked_among
from app.queries.log import News, news
from app.views.parts import Render
from app.views.screen import View

log = logging.getLogger(__name__)

LOOK_ANYWAY = 1.0
"""Seconds after which the log is read without a bell: a bell may be lost, a line may not."""
Hand = Callable[[str, Message | None], None]
Close = Callable[[frozenset[int]], None]
TICK = 10.0
"""Seconds between ticks: they tell a quiet page that it is still connected, and where it stands."""


@dataclass(slots=True)
class _Readers:
    """Those who follow one Event, and how far the log was read for them."""

    cursor: int
    subscriptions: set[Subscription] = field(default_factory=set)
    bell: asyncio.Event = field(default_factory=asyncio.Event)


class Feed:
    """One for each process. `run` must be kept running by a guardian; it ends only by an error."""

    def __init__(self, backchannel: Backchannel, bus: Bus, views: Mapping[str, View], render: Render) -> None:
        self._backchannel = backchannel
        self._bus = bus
        self._views = views
        self._render = render
        self._readers: dict[int, _Readers] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Pass bells on until something breaks; then raise it."""
        listener = asyncio.create_task(self._listen())
        ticker = asyncio.create_task(self._tick())
        try:
            done, _ = await asyncio.wait({listener, ticker, self._failed}, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()
        finally:
            for task in (listener, ticker, *self._tasks):
                task.cancel()

    async def join(self, event_id: int, view: str, after: int, *, access_id: int | None) -> Subscription:
        """Follow an Event from a cursor. What came after it is the first message."""
        subscription = Subscription(event_id, view, access_id)
        readers = self._readers.get(event_id)
        if readers is None:
            readers = self._readers[event_id] = _Readers(after)
            self._start(event_id, readers)
        # Joined before the log is read: a line between the two would be lost otherwise. A message that the reader
        # has already been brought past is dropped by its cursor (`skip_to`).
        readers.subscriptions.add(subscription)
        try:
            cursor, text = await self._backchannel.ask(self._views[view].catch_up, event_id, after, self._render)
        except BaseException:
            self.leave(subscription)
            raise
        subscription.skip_to(Message(cursor, text))
        return subscription

    def leave(self, subscription: Subscription) -> None:
        readers = self._readers.get(subscription.event_id)
        if readers is not None:
            readers.subscriptions.discard(subscription)

    def listeners(self) -> Mapping[tuple[int, str], int]:
        """How many readers each view of each Event has."""
        found: dict[tuple[int, str], int] = {}
        for event_id, readers in self._readers.items():
            for subscription in readers.subscriptions:
                key = (event_id, subscription.view)
                found[key] = found.get(key, 0) + 1
        return found

    async def _listen(self) -> None:
        while True:
            event_id = await self._bus.next_bell()
            readers = self._readers.get(event_id)
            if readers is not None:
                readers.bell.set()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            for readers in self._readers.values():
                tick = Message(readers.cursor, json.dumps({"tick": readers.cursor}))
                for subscription in list(readers.subscriptions):
                    subscription.offer(tick)

    def _start(self, event_id: int, readers: _Readers) -> None:
        task = asyncio.create_task(self._follow(event_id, readers))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and not self._failed.done():
            self._failed.set_exception(error)

    async def _follow(self, event_id: int, readers: _Readers) -> None:
        while readers.subscriptions:
            try:
                async with asyncio.timeout(LOOK_ANYWAY):
                    await readers.bell.wait()
            except TimeoutError:
                pass
            readers.bell.clear()
            await self._hand_out(event_id, readers)
        del self._readers[event_id]

    async def _hand_out(self, event_id: int, readers: _Readers) -> None:
        wanted = frozenset(subscription.view for subscription in readers.subscriptions)
        accesses = frozenset(s.access_id for s in readers.subscriptions if s.access_id is not None)
        loop = asyncio.get_running_loop()

        def hand(view: str, message: Message | None) -> None:
            loop.call_soon_threadsafe(_offer, readers, view, message)

        def close(revoked: frozenset[int]) -> None:
            loop.call_soon_threadsafe(_close_revoked, readers, revoked)

        cursor = await self._backchannel.ask(
            self._read, event_id, readers.cursor, wanted, accesses, hand=hand, close=close
        )
        if all(subscription.view in wanted for subscription in readers.subscriptions):
            readers.cursor = cursor
        else:
            # Somebody joined another screen meanwhile; what it was not told of is read again, for all.
            readers.bell.set()

    def _read(
        self,
        db: Session,
        event_id: int,
        after: int,
        wanted: frozenset[str],
        accesses: frozenset[int],
        *,
        hand: Hand,
        close: Close,
    ) -> int:
        """Render what is new for each view and hand it on at once, the quickest view first; gives the cursor."""
        fresh = news(db, event_id, after)
        if fresh.lines is not None and not fresh.lines:
            return fresh.cursor
        if fresh.lines is None or fresh.lines.of("access"):
            close(revoked_among(db, accesses))
        for name in sorted(wanted, key=lambda name: len(self._views[name].parts)):
            text = self._message(db, fresh, name)
            if text != "":
                hand(name, None if text is None else Message(fresh.cursor, text))
        return fresh.cursor

    def _message(self, db: Session, fresh: News, name: str) -> str | None:
        try:
            return self._views[name].message(db, fresh, self._render)
        except Exception:
            # One view that cannot be rendered must not take the others with it.
            log.exception("the view %r could not be rendered", name)
            return None


def _offer(readers: _Readers, view: str, message: Message | None) -> None:
    for subscription in list(readers.subscriptions):
        if subscription.view != view:
            continue
        if message is None:
            subscription.close(FAILED, "this screen could not be made; try again")
        else:
            subscription.offer(message)


def _close_revoked(readers: _Readers, revoked: frozenset[int]) -> None:
    for subscription in list(readers.subscriptions):
        if subscription.access_id in revoked:
            subscription.close(REVOKED, "this link was revoked")
