"""Links that hold until a day end with it."""

import asyncio

from app.actions.event_states import end_expired_links
from app.jobs import Job
from app.views.context import Context

LOOK_EVERY = 30.0


async def _keep_ending(context: Context) -> None:
    while True:
        await context.backchannel.do(end_expired_links, at=context.now())
        await asyncio.sleep(LOOK_EVERY)


EXPIRED_LINKS = Job("expired links", _keep_ending)
