"""What is kept for a time goes when that is over, in small steps: who stops meanwhile goes on from there."""

import asyncio

from app.actions.retention import forget_due
from app.jobs.events_that_are_there import do_if_there
from app.jobs.job import Job
from app.queries.retention import events_with_something_kept
from app.views.context import Context
from app.views.sweeping import forget_unnamed

RETENTION_SECONDS = 900.0


async def forget_what_is_due(context: Context) -> int:
    """Gives how many rows went."""
    usual = {network.key: network.kept_days for network in context.networks}
    gone = 0
    for event_id in await context.backchannel.ask(events_with_something_kept):
        while some := await do_if_there(context, forget_due, event_id, usual, at=context.now()):
            gone += some
    if gone:
        await forget_unnamed(context.pictures, context.backchannel)
        await context.backchannel.sweep()
    return gone


async def _keep_forgetting(context: Context) -> None:
    while True:
        await forget_what_is_due(context)
        await asyncio.sleep(RETENTION_SECONDS)


RETENTION = Job("retention", _keep_forgetting)
"""Begins at once, so that a server that runs for an hour a day keeps its word too."""
