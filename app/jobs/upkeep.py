"""The upkeep of every event: its programme, its log, its desk, its sources."""

import asyncio

from app.actions.delays import keep_desk
from app.actions.events import move_programme_on, trim_log
from app.actions.votes import publish_vote_totals
from app.jobs import Job
from app.queries.events import every_event
from app.queries.seats import desks_to_keep
from app.sources.running import run_sources
from app.views.context import Context

PROGRAMME_SECONDS = 5.0
DESK_SECONDS = 0.5
TRIM_SECONDS = 600.0


async def _keep_programme(context: Context) -> None:
    while True:
        for event in await context.backchannel.ask(every_event):
            await context.backchannel.do(move_programme_on, event.id, at=context.now())
            # Those that a process which is gone had noted for later.
            await context.backchannel.do(publish_vote_totals, event.id, at=context.now())
        await asyncio.sleep(PROGRAMME_SECONDS)


async def _run_sources(context: Context) -> None:
    await run_sources(context.backchannel, context.networks, asyncio.Event())


async def _trim_logs(context: Context) -> None:
    while True:
        await asyncio.sleep(TRIM_SECONDS)
        for event in await context.backchannel.ask(every_event):
            await context.backchannel.do(trim_log, event.id)


async def _keep_desks(context: Context) -> None:
    while True:
        for event_id in await context.backchannel.ask(desks_to_keep, context.now()):
            await context.backchannel.do(keep_desk, event_id, at=context.now())
        await asyncio.sleep(DESK_SECONDS)


DESKS = Job("desks", _keep_desks)
PROGRAMME = Job("programme", _keep_programme)
TRIM = Job("trim", _trim_logs)
SOURCES = Job("sources", _run_sources)
