"""What proxies and supervisors ask: whether this process lives, and whether it should get more to do."""

import asyncio
import logging

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response

from app.queries.events import answers
from app.store.doors import Unreachable
from app.store.writers import MAX_WRITES_WAITING
from app.views.context import Context, InContext

router = APIRouter()
log = logging.getLogger(__name__)

PROBE_SECONDS = 3


@router.get("/up")
async def up(context: InContext) -> Response:
    """200 when this process and its database answer and no writer hangs. The bus may be away."""
    why = await _why_not(context)
    return PlainTextResponse(f"down: {why}", 503) if why else PlainTextResponse("up")


@router.get("/ready")
async def ready(context: InContext) -> Response:
    """200 when it should get requests: it is up and what waits to be written has room. Says how the bus is.

    The bus is the same for all processes: if it counted, none would be left to say so.
    """
    why = await _why_not(context)
    if not why and context.backchannel.pending >= MAX_WRITES_WAITING:
        why = "too much waits to be written"
    if why:
        return PlainTextResponse(f"not ready: {why}", 503)
    return PlainTextResponse("ready" if await _bus_answers(context) else "ready, without the bus")


async def _why_not(context: Context) -> str:
    if stacks := context.backchannel.writers.hanging():
        log.error("a writer hangs:\n%s", "\n".join(stacks))
        return "a writer hangs"
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            await context.backchannel.ask(answers)
    except Unreachable as error:
        log.error("not up: %s", error)
        return "the database cannot be used"
    except Exception:
        log.exception("not up")
        return "the database does not answer"
    return ""


async def _bus_answers(context: Context) -> bool:
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            await context.bus.check()
    except Exception:  # noqa: BLE001 - that it is away is what is told
        return False
    return True
