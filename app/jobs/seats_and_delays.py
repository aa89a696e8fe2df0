"""The desks are kept: who has left stands up, and what shows itself after a while is shown."""

import asyncio

from app.actions.delays import keep_desk
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.queries.seats import desks_to_keep
from app.views.context import Context

DESK_SECONDS = 0.5


async def _keep_desks(context: Context) -> None:
    while True:
        for event_id in await context.backchannel.ask(desks_to_keep, context.now()):
            await do_if_there(context, keep_desk, event_id, at=context.now())
        await asyncio.sleep(DESK_SECONDS)


DESKS = Job("desks", _keep_desks)
