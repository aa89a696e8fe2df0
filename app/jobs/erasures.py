"""What was erased leaves pictures and file too: also what a crash, or a file in use, has left over."""

import asyncio

from app.jobs.job import Job
from app.views.context import Context
from app.views.sweeping import sweep_up

SWEEP_SECONDS = 60.0
"""So often at most: phones that erase what they sent, one after the other, have the file written anew once."""


async def _keep_sweeping(context: Context) -> None:
    while True:
        await sweep_up(context.backchannel, context.pictures, at=context.now())
        await asyncio.sleep(SWEEP_SECONDS)


ERASURES = Job("erasures", _keep_sweeping)
