"""The clock of a chat: prompts are released at their planned minutes."""

import asyncio

from app.actions.prompts import release_by_clock
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.queries.prompts import chats_by_clock
from app.views.context import Context

PROMPT_SECONDS = 1.0


async def release_all_that_is_due(context: Context) -> None:
    for event_id in await context.backchannel.ask(chats_by_clock, context.now()):
        await do_if_there(context, release_by_clock, event_id, at=context.now())


async def _keep_releasing(context: Context) -> None:
    while True:
        await release_all_that_is_due(context)
        await asyncio.sleep(PROMPT_SECONDS)


PROMPTS = Job("prompts", _keep_releasing)
