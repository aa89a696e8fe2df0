"""Tells web addresses what happens in an Event: in order, at least once, from where each of them stands."""

import asyncio
import logging

from app.actions.webhooks import batch_delivered, batch_failed, take_batch
from app.jobs import Job
from app.outbound.requests import Outgoing, Undelivered
from app.queries.webhooks import webhooks_due
from app.views.context import Context

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
MAX_DELIVERIES_AT_ONCE = 8


async def _deliver_to_webhooks(context: Context) -> None:
    outgoing = Outgoing(context.settings.allowed_hook_hosts)
    try:
        while True:
            due = await context.backchannel.ask(webhooks_due, context.now())
            for first in range(0, len(due), MAX_DELIVERIES_AT_ONCE):
                await asyncio.gather(
                    *(
                        deliver(context, outgoing, webhook_id)
                        for webhook_id in due[first : first + MAX_DELIVERIES_AT_ONCE]
                    )
                )
            if not due:
                await asyncio.sleep(LOOK_EVERY_SECONDS)
    finally:
        await outgoing.close()


async def deliver(context: Context, outgoing: Outgoing, webhook_id: int) -> None:
    """One request to one address, if there is anything new for it."""
    batch = await context.backchannel.do(take_batch, webhook_id, at=context.now())
    if batch is None:
        return
    try:
        if batch.body.get("items") != []:
            await outgoing.post_signed(batch.url, batch.secret, batch.body)
    except Undelivered as error:
        await context.backchannel.do(batch_failed, webhook_id, str(error), at=context.now())
        log.warning("hook %d: %s", webhook_id, error)
        return
    await context.backchannel.do(batch_delivered, webhook_id, batch.cursor)


WEBHOOKS = Job("hooks", _deliver_to_webhooks)
