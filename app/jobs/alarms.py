"""The desks are looked at every few seconds, and whoever is to be called when one is left is called."""

import asyncio
import logging
from contextlib import suppress

from app.actions.alarms import Raised, note_calls, watch
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.outbound.alarm_delivery import call
from app.outbound.requests import Outgoing
from app.queries.alarms import events_to_watch
from app.store.doors import Busy, Unreachable
from app.views.context import Context
from app.views.translation import say, speaking

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 3.0
"""So often the desks are looked at."""
MAX_ALARMS_WAITING = 100
CALLERS = 4


def watching() -> tuple[Job, Job]:
    """The look-out and the caller. What the look-out has raised waits for the caller in a queue of its own."""
    raised: asyncio.Queue[Raised] = asyncio.Queue(MAX_ALARMS_WAITING)

    async def look_out(context: Context) -> None:
        while True:
            for event_id in await context.backchannel.ask(events_to_watch, context.now()):
                alarm = await do_if_there(context, watch, event_id, at=context.now())
                if alarm is not None:
                    _put(raised, alarm)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def call_people(context: Context) -> None:
        outgoing = Outgoing(context.settings.allowed_hook_hosts)
        try:
            async with asyncio.TaskGroup() as callers:
                for _ in range(CALLERS):
                    callers.create_task(_keep_calling(context, raised, outgoing))
        finally:
            await outgoing.close()

    return Job("watching", look_out), Job("calling", call_people)


async def _keep_calling(context: Context, raised: "asyncio.Queue[Raised]", outgoing: Outgoing) -> None:
    """One of several callers, so that an address which does not answer holds up no other event's."""
    while True:
        alarm = await raised.get()
        with speaking(alarm):
            results = await call(alarm, context.settings, outgoing, say, retry=True)
        with suppress(Unreachable, Busy):
            await do_if_there(context, note_calls, alarm.event_id, results, at=context.now())


def _put(queue: "asyncio.Queue[Raised]", alarm: Raised) -> None:
    try:
        queue.put_nowait(alarm)
    except asyncio.QueueFull:
        log.error("too many alarms wait to be sent; the newest is shown on the desk only")
