"""Tells web addresses what happens in an Event: in order, at least once, from where each of them stands."""

import asyncio
import logging
from collections.abc import Collection
from urllib.parse import urlsplit

from app.actions.webhooks import batch_delivered, batch_failed, take_batch
from app.domain.webhook import Webhook
from app.jobs.job import Job
from app.outbound.requests import Outgoing, Undelivered
from app.queries.webhooks import webhooks_due
from app.views.context import Context

log = logging.getLogger(__name__)

HOOKS_EVERY_SECONDS = 1.0
MAX_ANSWERING = 6
MAX_FAILING = 2
MAX_OF_A_HOST = 2
"""So many requests at once: who does not answer takes no place from who does."""


async def _deliver_to_webhooks(context: Context) -> None:
    outgoing = Outgoing(context.settings.allowed_hook_hosts)
    underway: dict[asyncio.Task[None], Webhook] = {}
    try:
        while True:
            for webhook in await context.backchannel.ask(webhooks_due, context.now()):
                if has_place(webhook, underway.values()):
                    underway[asyncio.create_task(deliver(context, outgoing, webhook.id))] = webhook
            if not underway:
                await asyncio.sleep(HOOKS_EVERY_SECONDS)
                continue
            done, _ = await asyncio.wait(underway, timeout=HOOKS_EVERY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                del underway[task]
                task.result()
    finally:
        for task in underway:
            task.cancel()
        await asyncio.gather(*underway, return_exceptions=True)
        await outgoing.close()


def has_place(webhook: Webhook, underway: Collection[Webhook]) -> bool:
    """Whether one more request may go out beside those that wait for their answer."""
    alike = [one for one in underway if (one.failures > 0) == (webhook.failures > 0)]
    return (
        webhook.id not in {one.id for one in underway}
        and len(alike) < (MAX_FAILING if webhook.failures else MAX_ANSWERING)
        and sum(_host(one) == _host(webhook) for one in underway) < MAX_OF_A_HOST
    )


def _host(webhook: Webhook) -> str:
    try:
        return urlsplit(webhook.url).netloc
    except ValueError:
        return webhook.url


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
