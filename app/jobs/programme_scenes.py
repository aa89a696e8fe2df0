"""The programme moves on to the moment: talks begin and end, and the walls follow. First thing after a start."""

import asyncio
from datetime import datetime, timedelta

from app.actions.current_talk import move_programme_on
from app.actions.programme_scenes import run_walls
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.queries.programme_scenes import talks_changing, walls_behind
from app.views.context import Context

PROGRAMME_LOOK = 0.5
FROM_BEFORE = timedelta(seconds=5)


async def run_all_walls(context: Context, since: datetime) -> datetime:
    """Look at what has changed since; gives the moment of the look."""
    now = context.now()
    for event_id in await context.backchannel.ask(talks_changing, since, now):
        await do_if_there(context, move_programme_on, event_id, at=now)
    for event_id in await context.backchannel.ask(walls_behind, now):
        await do_if_there(context, run_walls, event_id, at=now)
    return now


async def _keep_running(context: Context) -> None:
    looked = context.now() - FROM_BEFORE
    while True:
        looked = await run_all_walls(context, looked)
        await asyncio.sleep(PROGRAMME_LOOK)


PROGRAMME_SCENES = Job("programme scenes", _keep_running)
