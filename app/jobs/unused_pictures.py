"""Pictures that no post refers to any more leave the disk."""

import asyncio

from app.jobs import Job
from app.queries.pictures import pictures_among
from app.views.context import Context

PICTURES_EVERY_SECONDS = 20.0


async def forget_unnamed(context: Context) -> None:
    """Delete what lies in the cache and is named by nothing."""
    kept = await asyncio.to_thread(context.pictures.kept)
    named = await context.backchannel.ask(pictures_among, kept)
    await asyncio.to_thread(
        context.pictures.forget, [key for key in kept if key not in named and not key.endswith(".part")]
    )


async def _keep_forgetting(context: Context) -> None:
    while True:
        await asyncio.sleep(PICTURES_EVERY_SECONDS)
        await forget_unnamed(context)


PICTURES = Job("pictures", _keep_forgetting)
