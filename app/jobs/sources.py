"""The sources run as long as the server does."""

import asyncio

from app.jobs.job import Job
from app.sources.running import run_sources
from app.views.context import Context


async def _run_sources(context: Context) -> None:
    await run_sources(context.backchannel, context.networks, asyncio.Event(), seal=context.seal)


SOURCES = Job("sources", _run_sources)
