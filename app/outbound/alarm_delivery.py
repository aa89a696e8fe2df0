"""Whoever is to be called to the desk is called, in each way they asked for, and tried again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from app.actions.alarms import DELIVERED, Raised
from app.outbound.alarm_messages import Say, ways
from app.outbound.requests import Outgoing, Undelivered
from app.settings import Settings

log = logging.getLogger(__name__)

PAUSES = (0.0, 2.0, 10.0, 30.0)
"""Seconds before each try of a message."""


async def call(
    raised: Raised, settings: Settings, outgoing: Outgoing, say: Say = str, *, retry: bool
) -> dict[str, str]:
    """Call people in every way that they asked for; gives what came of each: "delivered", or why not."""
    sent_by = ways(raised, settings, outgoing, say)
    results = await asyncio.gather(*(_tried(name, send, retry=retry) for name, send in sent_by.items()))
    return dict(zip(sent_by, results, strict=True))


async def _tried(name: str, send: Callable[[], Awaitable[None]], *, retry: bool) -> str:
    said = ""
    for pause in PAUSES if retry else PAUSES[:1]:
        await asyncio.sleep(pause)
        try:
            await send()
        except Undelivered as error:
            log.warning("an alarm could not be sent by %s: %s", name, error)
            # What came back is for whoever tries it, and for nobody else.
            said = str(error) if retry or not error.answered else f"{error}: {error.answered}"
        else:
            return DELIVERED
    return said
