"""Links that hold until a day end with it."""

import asyncio

from app.actions.event_states import end_expired_links
from app.jobs.job import Job
from app.queries.links import any_expired
from app.views.context import Context

LOOK_FOR_EXPIRED_EVERY = 30.0


async def end_what_is_due(context: Context) -> None:
    if await context.backchannel.ask(any_expired, context.now()):
        await context.backchannel.do(end_expired_links, at=context.now())


async def _keep_ending(context: Context) -> None:
    while True:
        await end_what_is_due(context)
        await asyncio.sleep(LOOK_FOR_EXPIRED_EVERY)


EXPIRED_LINKS = Job("expired links", _keep_ending)
