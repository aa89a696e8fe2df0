"""Tells web addresses what happens in an Event: in order, at least once, from where each of them stands."""

import asyncio
import logging

from app.actions.webhooks import batch_delivered, batch_failed, take_batch
from app.jobs import Job
from app.outbound.requests import Outgoing, Undelivered
from app.queries.events import hooks_to_tell
from app.views.context import Shell

log = logging.getLogger(__name__)

SECONDS = 1.0
AT_ONCE = 8


async def _tell_hooks(shell: Shell) -> None:
    outgoing = Outgoing(shell.settings.allowed_hook_hosts)
    try:
        while True:
            due = await shell.backchannel.ask(hooks_to_tell, shell.now())
            for first in range(0, len(due), AT_ONCE):
                await asyncio.gather(*(tell(shell, outgoing, hook_id) for hook_id in due[first : first + AT_ONCE]))
            if not due:
                await asyncio.sleep(SECONDS)
    finally:
        await outgoing.close()


async def tell(shell: Shell, outgoing: Outgoing, hook_id: int) -> None:
    """One request to one address, if there is anything new for it."""
    batch = await shell.backchannel.do(take_batch, hook_id, at=shell.now())
    if batch is None:
        return
    try:
        if batch.body.get("items") != []:
            await outgoing.post_signed(batch.url, batch.secret, batch.body)
    except Undelivered as error:
        await shell.backchannel.do(batch_failed, hook_id, str(error), at=shell.now())
        log.warning("hook %d: %s", hook_id, error)
        return
    await shell.backchannel.do(batch_delivered, hook_id, batch.cursor)


HOOKS = Job("hooks", _tell_hooks)
