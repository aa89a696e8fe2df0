"""Links that hold until a day end with it."""

import asyncio

from app.actions.event_states import end_expired_links
from app.jobs import Job
from app.views.context import Context

LINKS_EVERY_SECONDS = 30.0


async def _keep_ending(context: Context) -> None:
    while True:
        await context.backchannel.do(end_expired_links, at=context.now())
        await asyncio.sleep(LINKS_EVERY_SECONDS)


EXPIRED_LINKS = Job("expired links", _keep_ending)
