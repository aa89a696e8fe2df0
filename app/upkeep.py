"""What runs as long as the server does, and who watches over it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.actions.delays import keep_desk
from app.actions.events import move_programme_on, trim_log
from app.actions.votes import tell_votes
from app.backchannel import Busy, Unreachable
from app.queries.events import every_event
from app.queries.seats import desks_to_keep
from app.sources import SourceSettings
from app.sources.running import run_sources
from app.views.shell import Shell

log = logging.getLogger(__name__)

PROGRAMME_SECONDS = 5.0
DESK_SECONDS = 0.5
TRIM_SECONDS = 600.0
AWAY_SECONDS = 1.0

Guarded = Callable[[Shell], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Extra:
    """A further task that runs as long as the server, such as the demo's visitors."""

    name: str
    run: Guarded


async def guard(extra: Extra, shell: Shell, on_failure: Callable[[], None]) -> None:
    """Run a task for ever. If it ends, the process ends too, loudly: half a server is worse than none.

    While the database is away it is begun again: pages and sockets stay, and say so, until it is back.
    """
    while True:
        try:
            await extra.run(shell)
            log.critical("the task %r ended; the server stops", extra.name)
        except asyncio.CancelledError:
            raise
        except (Unreachable, Busy):
            log.warning("the task %r waits for the database", extra.name)
            await asyncio.sleep(AWAY_SECONDS)
            continue
        except Exception:
            log.critical("the task %r failed; the server stops", extra.name, exc_info=True)
        on_failure()
        return


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


DESKS = Extra("desks", _keep_desks)
PROGRAMME = Extra("programme", _keep_programme)
TRIM = Extra("trim", _trim_logs)
SOURCES = Extra("sources", _run_sources)
