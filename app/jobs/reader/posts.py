"""Every stored post is read, worst first; without the reader the rules and heads decide, and the desks say so.

Of several processes one reads for all, and only that one says that the reader came or went; where it is gone, another
does.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from app.actions.leases import release_lease, take_lease
from app.actions.reader_findings import Finding, put_off, reader_came, reader_went, take_findings
from app.domain.lease import NOBODY, READING
from app.domain.screening.reader.combining import found_in
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.jobs.reader.titles import read_titles
from app.jobs.reader.worker import ReaderAway, ReaderSlow, Worker
from app.queries.leases import holder
from app.queries.unread import ToRead, events_with_reader, to_read
from app.settings import Settings
from app.sources.running import process_name
from app.store.doors import Busy, Unreachable
from app.store.engines import is_sqlite
from app.views.context import Context

log = logging.getLogger(__name__)

READ_AT_ONCE = 16
"""So many posts are taken at a time: what comes later and is worse goes before the rest."""
LOOK_SECONDS = 0.05
TELL_SECONDS = 1.0
LEASE = timedelta(seconds=6)
"""It is kept three times as often. A process that is gone is followed by another one 8 s later at most."""
ONLY_ONE = "the only process"
LEASE_OF_ONLY_ONE = timedelta(seconds=60)
"""Where there is one process, nobody waits for it: one that was killed goes on at once, and writes seldom."""
READER_AWAY_SECONDS = 10.0
"""Seconds after which one that did not start is started again."""
PUT_OFF_SECONDS = 60.0
"""Seconds after which what could not be read in good time is tried again, with twice the patience each time."""
MOST_PATIENCE = 16


@dataclass(frozen=True, slots=True)
class Reads:
    """A process that may read for all, and for how long it does so without saying so again."""

    name: str
    lease: timedelta = LEASE

    @property
    def look_seconds(self) -> float:
        return self.lease.total_seconds() / 3


async def read_posts(context: Context, worker: Worker, me: Reads | None = None) -> None:
    """Read as long as the server runs, whenever no other process does."""
    me = me or Reads(process_name())
    try:
        while True:
            pause = me.look_seconds
            if await _lease(context, me) and await _read_for_all(context, worker, me):
                await context.backchannel.do(release_lease, READING, by=me.name)
                pause = READER_AWAY_SECONDS
            await asyncio.sleep(pause)
    finally:
        await worker.close()
        with suppress(Busy, Unreachable):  # then it runs out by itself
            await context.backchannel.do(release_lease, READING, by=me.name)


async def _lease(context: Context, me: Reads) -> bool:
    at = context.now()
    return await context.backchannel.do(take_lease, READING, by=me.name, until=at + me.lease, at=at)


async def _read_for_all(context: Context, worker: Worker, me: Reads) -> bool:
    """Until the reader is away, of which all are told, or until the lease is another's. Says whether it is away."""
    reading = asyncio.create_task(_read_until_away(context, worker, me))
    keeping = asyncio.create_task(_keep_lease(context, me))
    try:
        done, _ = await asyncio.wait({reading, keeping}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
        return reading in done
    finally:
        for task in (reading, keeping):
            task.cancel()
        await asyncio.wait({reading, keeping})
        await worker.close()


async def _keep_lease(context: Context, me: Reads) -> None:
    """Returns when another process has it."""
    while True:
        await asyncio.sleep(me.look_seconds)
        with suppress(Busy):
            if not await _lease(context, me):
                log.warning("another process reads now")
                return


async def _read_until_away(context: Context, worker: Worker, me: Reads) -> None:
    try:
        await worker.start()
        await _read_on(context, worker, me)
    except ReaderAway as error:
        log.warning("the reader is away (%s); rules and heads decide", error)
        await _say_it_went(context, by=me.name)
    except ReaderSlow:
        # How fast this machine is decides nothing: what waits to be read goes on waiting.
        log.warning("the reader does not start in good time; what is not read yet waits")


async def _say_it_went(context: Context, *, by: str) -> None:
    for event_id in await context.backchannel.ask(events_with_reader, there=True):
        await do_if_there(context, reader_went, event_id, by=by, at=context.now())


async def _read_on(context: Context, worker: Worker, me: Reads) -> None:
    """Raises ReaderAway when a process that was replaced does not start, or reads nothing either."""
    clock = asyncio.get_running_loop().time
    told, late = -TELL_SECONDS, Late(clock)
    while True:
        if clock() - told >= TELL_SECONDS:
            told = clock()
            for event_id in await context.backchannel.ask(events_with_reader, there=False):
                await do_if_there(context, reader_came, event_id, by=me.name, at=context.now())
        posts = await context.backchannel.ask(to_read, READ_AT_ONCE, late.resting())
        if not posts:
            if not await read_titles(context, worker, by=me.name):
                await asyncio.sleep(LOOK_SECONDS)
            continue
        try:
            found = await _read(worker, posts)
        except (ReaderAway, ReaderSlow) as error:
            said = str(error) or "it did not answer"
            log.warning("the reader gave up %d posts (%s); it is replaced, and reads them one by one", len(posts), said)
            await worker.start()
            found = [one for post in posts for one in await _read_alone(worker, post, late)]
            slow = [(post.post_id, post.revision) for post in posts if post.post_id in late.resting()]
            await context.backchannel.do(put_off, slow, at=context.now())
        if not await context.backchannel.do(take_findings, found, by=me.name, at=context.now()):
            await _lease(context, me)  # a clock that was put right has ended it, or all were edited meanwhile


class Late:
    """Posts that could not be read in good time, and when each is tried again; others go before them meanwhile."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._again: dict[int, float] = {}
        self._tries: dict[int, int] = {}

    def add(self, post_id: int) -> None:
        pause = PUT_OFF_SECONDS * self.patience(post_id)
        self._tries[post_id] = self._tries.get(post_id, 0) + 1
        self._again[post_id] = self._clock() + pause

    def patience(self, post_id: int) -> int:
        return min(MOST_PATIENCE, 1 << self._tries.get(post_id, 0))

    def resting(self) -> list[int]:
        return [post_id for post_id, again in self._again.items() if again > self._clock()]


async def _read_alone(worker: Worker, post: ToRead, late: Late) -> list[Finding]:
    """One post. If it takes the reader down with it, a person must look at it; if it is slow, it is put off."""
    try:
        return await _read(worker, [post], patience=late.patience(post.post_id))
    except ReaderAway:
        await worker.start()
        return [Finding(post.post_id, post.revision, None)]
    except ReaderSlow:
        late.add(post.post_id)
        await worker.start()
        return []


async def _read(worker: Worker, posts: Sequence[ToRead], *, patience: float = 1.0) -> list[Finding]:
    keys = [(post, key) for post in posts for key in post.texts]
    odds = await worker.read([post.texts[key] for post, key in keys], patience=patience)
    by_post: dict[int, dict[str, dict[str, float]]] = {post.post_id: {} for post in posts}
    for (post, key), one in zip(keys, odds, strict=True):
        by_post[post.post_id][key] = one
    return [Finding(post.post_id, post.revision, found_in(by_post[post.post_id])) for post in posts]


async def _without(context: Context) -> None:
    """Here nobody reads: what was promised by a process that is gone is taken back, unless another one reads."""
    while True:
        if await context.backchannel.ask(holder, READING, at=context.now()) == NOBODY:
            await _say_it_went(context, by=NOBODY)
        await asyncio.sleep(LEASE.total_seconds() / 3)


def reading(settings: Settings) -> Job:
    """The job, as far as it is wanted here."""
    if not settings.reader:
        return Job("reader", _without)
    me = Reads(ONLY_ONE, LEASE_OF_ONLY_ONE) if is_sqlite(settings.database) else Reads(process_name())
    return Job("reader", lambda context: read_posts(context, Worker(), me))
