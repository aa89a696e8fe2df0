"""Of an archived event nothing is kept of a network that was never shown."""

import asyncio

from app.actions.after_the_event import erase_unwanted
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.queries.events import archived_events
from app.views.context import Context

LOOK_EVERY = 600.0


async def empty_archived(context: Context) -> None:
    for event_id in await context.backchannel.ask(archived_events):
        for kind in context.networks.keys:
            while await do_if_there(context, erase_unwanted, event_id, kind, at=context.now()):
                pass


async def _keep_emptying(context: Context) -> None:
    while True:
        await empty_archived(context)
        await asyncio.sleep(LOOK_EVERY)


ARCHIVED_EVENTS = Job("archived events", _keep_emptying)
