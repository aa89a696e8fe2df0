"""What is over leaves the walls, first thing after a start: expired announcements, ended countdowns."""

import asyncio

from app.actions.scenes import end_what_is_over
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.queries.scenes import over
from app.views.context import Context

SCENE_SECONDS = 0.5


async def end_all_that_is_over(context: Context) -> None:
    for event_id in await context.backchannel.ask(over, context.now()):
        await do_if_there(context, end_what_is_over, event_id, at=context.now())


async def _keep_scenes(context: Context) -> None:
    while True:
        await end_all_that_is_over(context)
        await asyncio.sleep(SCENE_SECONDS)


SCENES = Job("scenes", _keep_scenes)
