"""Old lines of the logs are forgotten, what was paid for on days that are over, and taps that were settled."""

import asyncio

from app.actions.change_log import trim_log
from app.actions.reading_cost import forget_paid
from app.actions.taps import forget_taps
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.queries.events import every_event
from app.views.context import Context

TRIM_SECONDS = 600.0
LINES_KEPT = 20_000
"""So many lines of an Event's log are kept; a reader further back gets a fresh snapshot."""


async def _trim_logs(context: Context) -> None:
    while True:
        await asyncio.sleep(TRIM_SECONDS)
        for event in await context.backchannel.ask(every_event):
            await do_if_there(context, trim_log, event.id, keep=LINES_KEPT)
        await context.backchannel.do(forget_paid, at=context.now())
        await context.backchannel.do(forget_taps, at=context.now())


TRIM = Job("trim", _trim_logs)
