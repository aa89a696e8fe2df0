"""Watched programmes are looked at every ten minutes: what has changed waits in setup, or is put in place.

Of several processes one looks for all: an address is asked once, and where that process is gone, another one asks.
"""

import asyncio
import hashlib
import logging
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from app.actions.leases import release_lease, take_lease
from app.actions.programme_import import OtherChanges, foresee_import
from app.actions.programme_watch import import_watched, keep_what_changed, note_watch
from app.domain.decision import Actor
from app.domain.programme_file import ProgrammeFile
from app.domain.programme_matching import UnreadableProgramme
from app.domain.programme_watch import OVER, ProgrammeWatch, is_due
from app.domain.sentence import Sentence
from app.files.programme.kept_file import read_kept_file
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.outbound.downloads import NoDocument, fetch_document
from app.queries.events import event_by_id
from app.queries.programme import programme_mapping, watched_programmes
from app.store.doors import Busy, Unreachable
from app.views.context import Context

LOOK_FOR_DUE_EVERY = 20.0
WATCHING = "programmes"
"""The lease of the one process that looks for all."""
WATCH_LEASE = timedelta(seconds=60)
"""Longer than the pause between two looks, and than one address may take (`DOWNLOAD_SECONDS`)."""
WATCH = Actor(label="programme watch", machine=True)

log = logging.getLogger(__name__)


async def look_at_what_is_due(context: Context, by: str) -> None:
    """`by` is the name of this process. The lease is taken anew for each address: one may take half of it."""
    if not await _is_ours(context, by):
        return
    for watch in await context.backchannel.ask(watched_programmes):
        if is_due(watch.looked_at, context.now()):
            if not await _is_ours(context, by):
                return
            try:
                await _look(context, watch)
            except Exception:  # one address must not end the watching of all others
                log.exception("a programme could not be looked at: event %d", watch.event_id)
                trouble = Sentence("What is there could not be read. The server's log says why.")
                await do_if_there(context, note_watch, watch.event_id, url=watch.url, trouble=trouble, at=context.now())


async def _is_ours(context: Context, by: str) -> bool:
    at = context.now()
    return await context.backchannel.do(take_lease, WATCHING, by=by, until=at + WATCH_LEASE, at=at)


async def _look(context: Context, watch: ProgrammeWatch) -> None:
    url, event_id = watch.url, watch.event_id
    try:
        content = await fetch_document(url, context.settings.allowed_hook_hosts)
    except NoDocument as error:
        await do_if_there(context, note_watch, event_id, url=url, trouble=error.sentence, at=context.now())
        return
    seen = hashlib.sha256(content).hexdigest()
    if seen == watch.seen or await _is_put_in_place(context, watch, content):
        await do_if_there(context, note_watch, event_id, url=url, seen=seen, at=context.now())
    else:
        await do_if_there(context, keep_what_changed, event_id, url=url, content=content, seen=seen, at=context.now())


async def _is_put_in_place(context: Context, watch: ProgrammeWatch, content: bytes) -> bool:
    """Whether there is nothing left to look at: nothing has changed, or the organiser wanted no more than this."""
    event = await context.backchannel.ask(event_by_id, watch.event_id)
    if event is None or event.state in OVER:
        return False
    mapping = await context.backchannel.ask(programme_mapping, event.id)
    file = ProgrammeFile(event_id=event.id, name=watch.url, content=content, mapping=mapping, at=context.now())
    try:
        programme = await asyncio.to_thread(read_kept_file, file, event)
    except UnreadableProgramme:
        return False  # setup says what it is
    foreseen = await context.backchannel.ask(foresee_import, event.id, programme)
    found = foreseen.changes
    if not (found.added or found.changed or found.moved or found.removed):
        return True
    if not watch.applies_itself or foreseen.doubtful or foreseen.kept:
        return False
    try:
        facts = {"url": watch.url, "mark": foreseen.mark}
        done = await do_if_there(context, import_watched, event.id, programme, **facts, by=WATCH, at=context.now())
    except OtherChanges:
        return False
    return bool(done)


async def _keep_looking(context: Context) -> None:
    by = uuid4().hex
    try:
        while True:
            await look_at_what_is_due(context, by)
            await asyncio.sleep(LOOK_FOR_DUE_EVERY)
    finally:
        with suppress(Busy, Unreachable):  # then it runs out by itself
            await context.backchannel.do(release_lease, WATCHING, by=by)


WATCHED_PROGRAMMES = Job("watched programmes", _keep_looking)
