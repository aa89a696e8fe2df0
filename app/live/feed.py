"""The Feed: reads an Event's new lines once, renders once per view, hands to the audience of that view."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from app.bus import Bus
from app.domain.subject import Subject
from app.live.audience import Audience
from app.live.broadcast import Message, message, tick
from app.live.counters import Counters
from app.live.following import Following
from app.live.subscription import Subscription
from app.queries.change_log import News, news
from app.queries.events import EventGone, is_there, standing_of
from app.queries.links import revoked_among
from app.store.doors import Backchannel, Unreachable
from app.views.parts import Render
from app.views.view import Screens

log = logging.getLogger(__name__)

LOOK_ANYWAY = 1.0
"""Seconds after which the log is read without a bell: a bell may be lost, a line may not."""
LONG = 0.02
"""Seconds of a reading after which the next one waits for twice as long."""
TICK = 10.0
"""Seconds between ticks: they tell a quiet page that it is still connected, and where it stands."""
Hand = Callable[[str, Message | None, int], None]
Close = Callable[[frozenset[int]], None]


class Feed:
    """One for each process. `run` must be kept running by a guardian; it ends only by an error."""

    def __init__(self, backchannel: Backchannel, bus: Bus, views: Screens, render: Render) -> None:
        self._backchannel = backchannel
        self._bus = bus
        self._views = views
        self._render = render
        self._following: dict[int, Following] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.figures = Counters()

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
        """Follow an Event from a cursor. What came after it is the first message. Raises EventGone."""
        audience = (await self.follow(event_id)).audience(view)
        subscription = Subscription(audience.broadcast, access_id)
        # Joined before it is caught up: a message between the two would be lost otherwise.
        audience.subscribe(subscription)
        try:
            if (number := audience.broadcast.place(after)) is not None:
                subscription.begin(number)
            else:
                missed = await self.catch_up(event_id, view, after)
                subscription.catch_up(missed)
        except BaseException:
            audience.leave(subscription)
            raise
        return subscription

    def leave(self, subscription: Subscription) -> None:
        broadcast = subscription.broadcast
        following = self._following.get(broadcast.event_id)
        if following is not None and (audience := following.audiences.get(broadcast.view)) is not None:
            audience.leave(subscription)

    def followed(self, event_id: int) -> Following | None:
        return self._following.get(event_id)

    async def follow(self, event_id: int, created_at: datetime | None = None) -> Following:
        """Begin to read an Event's log, from where it stands now, if this process does not yet. Raises EventGone.

        Whoever knows when the Event was made gets no Following of an earlier one with its number.
        """
        following = self._following.get(event_id)
        if following is None or created_at not in {None, following.created_at}:
            cursor, made = await self._backchannel.ask(standing_of, event_id)
            following = self._following.get(event_id)
            if following is not None and following.created_at != made:
                self._drop(following)
                following = None
            if following is None:
                following = self._following[event_id] = Following(event_id, made, cursor, self.figures)
                self._start(following)
        following.wanted_at = time.monotonic()
        return following

    async def catch_up(self, event_id: int, view: str, after: int) -> Message:
        """What brings a reader from a cursor to now. Read once for all who come back from the same place."""
        following = await self.follow(event_id)
        found = following.catch_ups.get((view, after))
        if found is None or not following.still_good(view, found):
            found = asyncio.create_task(self._catch_up(following, view, after))
            following.remember(view, after, found)
        # Shielded: others wait for it too.
        return await asyncio.shield(found)

    def audiences(self) -> list[Audience]:
        return [audience for following in self._following.values() for audience in following.audiences.values()]

    async def _catch_up(self, following: Following, view: str, after: int) -> Message:
        self.figures.catch_ups += 1

        def read(db: Session) -> tuple[int, str]:
            if not is_there(db, following.event_id, following.created_at):
                raise EventGone
            return self._views[view].catch_up(db, following.event_id, after, self._render)

        cursor, text = await self._backchannel.ask(read)
        return message(cursor, text) if text else tick(cursor)

    def _drop(self, following: Following) -> None:
        """Its Event was deleted."""
        if self._following.get(following.event_id) is following:
            del self._following[following.event_id]
        following.end()

    async def _listen(self) -> None:
        while True:
            event_id = await self._bus.next_bell()
            self.figures.bells += 1
            following = self._following.get(event_id)
            if following is not None:
                following.bell.set()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            for audience in self.audiences():
                audience.tick_subscriptions()

    def _start(self, following: Following) -> None:
        task = asyncio.create_task(self._follow(following))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and not self._failed.done():
            self._failed.set_exception(error)

    async def _follow(self, following: Following) -> None:
        reachable = True
        while True:
            try:
                async with asyncio.timeout(LOOK_ANYWAY):
                    await following.bell.wait()
            except TimeoutError:
                pass
            following.bell.clear()
            if following.gone:
                return
            following.drop_the_deserted()
            if following.is_deserted():
                del self._following[following.event_id]
                return
            try:
                began = time.perf_counter()
                await self._hand_out(following)
                reachable = True
                if (took := time.perf_counter() - began) > LONG:
                    # A flood: what comes meanwhile is told in one go, and the writers have their turn.
                    await asyncio.sleep(min(2 * took, LOOK_ANYWAY / 2))
            except EventGone:
                self._drop(following)
                return
            except Unreachable:
                # The screens stand still and say so by nothing new; when the database is back, they go on.
                if reachable:
                    log.warning("the database cannot be reached; event %s waits for it", following.event_id)
                reachable = False
                await asyncio.sleep(LOOK_ANYWAY / 2)

    async def _hand_out(self, following: Following) -> None:
        wanted = frozenset(following.audiences)
        loop = asyncio.get_running_loop()

        def hand(view: str, told: Message | None, cursor: int) -> None:
            loop.call_soon_threadsafe(following.tell, view, told, cursor)

        def close(revoked: frozenset[int]) -> None:
            loop.call_soon_threadsafe(following.close, revoked)

        accesses, links = following.access_ids(), following.links
        fresh = await self._backchannel.ask(
            self._read, following, following.cursor, wanted, accesses, hand=hand, close=close
        )
        if following.links != links and (late := following.access_ids() - accesses):
            # They were let in while the links were read for the others.
            following.close(await self._backchannel.ask(revoked_among, late))
        if wanted >= following.audiences.keys():
            following.cursor = fresh
        else:
            # Somebody joined another screen meanwhile; what it was not told of is read again, for all.
            following.bell.set()

    def _read(
        self,
        db: Session,
        following: Following,
        after: int,
        wanted: frozenset[str],
        accesses: frozenset[int],
        *,
        hand: Hand,
        close: Close,
    ) -> int:
        """Render what is new for each view and hand it on at once, the quickest view first; gives the cursor.

        Raises EventGone.
        """
        if not is_there(db, following.event_id, following.created_at):
            raise EventGone
        fresh = news(db, following.event_id, after)
        if fresh.lines is not None and not fresh.lines:
            return fresh.cursor
        if fresh.lines is None or fresh.lines.of(Subject.ACCESS):
            close(revoked_among(db, accesses))
        for name in sorted(wanted, key=lambda name: len(self._views[name].parts)):
            hand(name, self._message(db, fresh, name), fresh.cursor)
        return fresh.cursor

    def _message(self, db: Session, fresh: News, name: str) -> Message | None:
        """What a view is told; an empty text where nothing on it changed, None if it could not be made."""
        try:
            return message(fresh.cursor, self._views[name].message(db, fresh, self._render), fresh.changed_at)
        except Exception:
            # One view that cannot be rendered must not take the others with it.
            log.exception("the view %r could not be rendered", name)
            return None
