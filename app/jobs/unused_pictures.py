"""Pictures that no post refers to any more leave the disk."""

import asyncio

from app.jobs.job import Job
from app.views.context import Context
from app.views.sweeping import forget_unnamed

PICTURES_EVERY_SECONDS = 20.0


async def _keep_forgetting(context: Context) -> None:
    while True:
        await asyncio.sleep(PICTURES_EVERY_SECONDS)
        await forget_unnamed(context.pictures, context.backchannel)


PICTURES = Job("pictures", _keep_forgetting)
