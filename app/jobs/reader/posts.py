"""Every stored post is read, worst first; without the reader the rules and heads decide, and the desks say so."""

import asyncio
import logging
from collections.abc import Sequence

from app.actions.reader_findings import Finding, reader_came, reader_went, take_findings
from app.domain.screening.reader.combining import found_in
from app.jobs import Job
from app.jobs.events_that_are_there import do_if_there
from app.jobs.reader.worker import ReaderAway, Worker
from app.queries.unread import ToRead, events_with_reader, to_read
from app.settings import Settings
from app.views.context import Context

log = logging.getLogger(__name__)

READ_AT_ONCE = 16
"""So many posts are taken at a time: what comes later and is worse goes before the rest."""
LOOK_SECONDS = 0.05
TELL_SECONDS = 1.0
READER_AWAY_SECONDS = 10.0
"""Seconds after which one that did not start is started again."""


async def read_posts(context: Context, worker: Worker) -> None:
    """Read as long as the server runs."""
    try:
        while True:
            try:
                await worker.start()
                await _read_on(context, worker)
            except ReaderAway as error:
                log.warning("the reader is away (%s); rules and heads decide", error)
                for event_id in await context.backchannel.ask(events_with_reader, there=True):
                    await do_if_there(context, reader_went, event_id, at=context.now())
                await asyncio.sleep(READER_AWAY_SECONDS)
    finally:
        await worker.close()


async def _read_on(context: Context, worker: Worker) -> None:
    """Raises ReaderAway when a process that was replaced does not start, or reads nothing either."""
    clock = asyncio.get_running_loop().time
    told = -TELL_SECONDS
    while True:
        if clock() - told >= TELL_SECONDS:
            told = clock()
            for event_id in await context.backchannel.ask(events_with_reader, there=False):
                await do_if_there(context, reader_came, event_id, at=context.now())
        posts = await context.backchannel.ask(to_read, READ_AT_ONCE)
        if not posts:
            await asyncio.sleep(LOOK_SECONDS)
            continue
        try:
            found = await _read(worker, posts)
        except ReaderAway as error:
            log.warning(
                "the reader died over %d posts (%s); it is replaced, and reads them one by one", len(posts), error
            )
            await worker.start()
            found = [one for post in posts for one in await _read_alone(worker, post)]
        await context.backchannel.do(take_findings, found, at=context.now())


async def _read_alone(worker: Worker, post: ToRead) -> list[Finding]:
    """One post; if it takes the reader down with it, a person must look at it."""
    try:
        return await _read(worker, [post])
    except ReaderAway:
        await worker.start()
        return [Finding(post.post_id, post.revision, None)]


async def _read(worker: Worker, posts: Sequence[ToRead]) -> list[Finding]:
    keys = [(post, key) for post in posts for key in post.texts]
    odds = await worker.read([post.texts[key] for post, key in keys])
    by_post: dict[int, dict[str, dict[str, float]]] = {post.post_id: {} for post in posts}
    for (post, key), one in zip(keys, odds, strict=True):
        by_post[post.post_id][key] = one
    return [Finding(post.post_id, post.revision, found_in(by_post[post.post_id])) for post in posts]


async def _without(context: Context) -> None:
    """Nobody reads: what an earlier start has promised is taken back, once."""
    for event_id in await context.backchannel.ask(events_with_reader, there=True):
        await do_if_there(context, reader_went, event_id, at=context.now())
    await asyncio.Event().wait()


def reading(settings: Settings) -> Job:
    """The job, as far as it is wanted here."""
    if not settings.reader:
        return Job("reader", _without)
    return Job("reader", lambda context: read_posts(context, Worker()))
