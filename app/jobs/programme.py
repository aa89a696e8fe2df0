"""The programme moves on: every few seconds the Talk that runs becomes the current one."""

import asyncio

from app.actions.current_talk import move_programme_on
from app.actions.hasty_votes import forget_origins
from app.actions.votes import publish_vote_totals
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.queries.events import every_event
from app.views.context import Context

PROGRAMME_SECONDS = 5.0


async def _keep_programme(context: Context) -> None:
    while True:
        for event in await context.backchannel.ask(every_event):
            await do_if_there(context, move_programme_on, event.id, at=context.now())
            # Those that a process which is gone had noted for later.
            await do_if_there(context, publish_vote_totals, event.id, at=context.now())
        await context.backchannel.do(forget_origins, at=context.now())
        await asyncio.sleep(PROGRAMME_SECONDS)


PROGRAMME = Job("programme", _keep_programme)
