"""The upkeep of every event: its programme, its log, its desk, its sources."""

import asyncio

from app.actions.delays import keep_desk
from app.actions.events import move_programme_on, trim_log
from app.actions.votes import tell_votes
from app.jobs import Job
from app.queries.events import every_event
from app.queries.seats import desks_to_keep
from app.sources import SourceSettings
from app.sources.running import run_sources
from app.views.context import Shell

PROGRAMME_SECONDS = 5.0
DESK_SECONDS = 0.5
TRIM_SECONDS = 600.0


async def _keep_programme(shell: Shell) -> None:
    while True:
        for event in await shell.backchannel.ask(every_event):
            await shell.backchannel.do(move_programme_on, event.id, at=shell.now())
            # Those that a process which is gone had noted for later.
            await shell.backchannel.do(tell_votes, event.id, at=shell.now())
        await asyncio.sleep(PROGRAMME_SECONDS)


async def _run_sources(shell: Shell) -> None:
    settings = shell.settings
    known = SourceSettings(
        x_token=settings.x_bearer_token.get_secret_value(),
        x_api_url=settings.x_api_url.rstrip("/"),
        x_spelling=settings.x_field_spelling,
    )
    await run_sources(shell.backchannel, known, asyncio.Event())


async def _trim_logs(shell: Shell) -> None:
    while True:
        await asyncio.sleep(TRIM_SECONDS)
        for event in await shell.backchannel.ask(every_event):
            await shell.backchannel.do(trim_log, event.id)


async def _keep_desks(shell: Shell) -> None:
    while True:
        for event_id in await shell.backchannel.ask(desks_to_keep, shell.now()):
            await shell.backchannel.do(keep_desk, event_id, at=shell.now())
        await asyncio.sleep(DESK_SECONDS)


DESKS = Job("desks", _keep_desks)
PROGRAMME = Job("programme", _keep_programme)
TRIM = Job("trim", _trim_logs)
SOURCES = Job("sources", _run_sources)
