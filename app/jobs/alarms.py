"""The desks are looked at every few seconds, and whoever is to be called when one is left is called."""

import asyncio
import logging
from contextlib import suppress

from app.actions.watching import Raised, note_calls, watch
from app.jobs import Job
from app.outbound.alarm_messages import call
from app.outbound.requests import Outgoing
from app.queries.events import events_to_watch
from app.store.doors import Busy, Unreachable
from app.views.context import Shell

log = logging.getLogger(__name__)

SECONDS = 3.0
"""So often the desks are looked at."""
WAITING = 100
AT_ONCE = 4


def watching() -> tuple[Job, Job]:
    """The look-out and the caller. What the look-out has raised waits for the caller in a queue of its own."""
    raised: asyncio.Queue[Raised] = asyncio.Queue(WAITING)

    async def look_out(shell: Shell) -> None:
        while True:
            for event_id in await shell.backchannel.ask(events_to_watch, shell.now()):
                alarm = await shell.backchannel.do(watch, event_id, at=shell.now())
                if alarm is not None:
                    _put(raised, alarm)
            await asyncio.sleep(SECONDS)

    async def call_people(shell: Shell) -> None:
        outgoing = Outgoing(shell.settings.allowed_hook_hosts)
        try:
            async with asyncio.TaskGroup() as callers:
                for _ in range(AT_ONCE):
                    callers.create_task(_keep_calling(shell, raised, outgoing))
        finally:
            await outgoing.close()

    return Job("watching", look_out), Job("calling", call_people)


async def _keep_calling(shell: Shell, raised: "asyncio.Queue[Raised]", outgoing: Outgoing) -> None:
    """One of several callers, so that an address which does not answer holds up no other event's."""
    while True:
        alarm = await raised.get()
        results = await call(alarm, shell.settings, outgoing, retry=True)
        with suppress(Unreachable, Busy):
            await shell.backchannel.do(note_calls, alarm.event_id, results, at=shell.now())


def _put(queue: "asyncio.Queue[Raised]", alarm: Raised) -> None:
    try:
        queue.put_nowait(alarm)
    except asyncio.QueueFull:
        log.error("too many alarms wait to be sent; the newest is shown on the desk only")
