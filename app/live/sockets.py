"""Sockets: `/live/{slug}/{view}?after={cursor}` pushes what a screen shows. Nothing is ever received on them.

These are the sockets of desk, stage and setup. Those of walls and phones leave before ASGI (`upgrade`); under another
server than ours they are served here too.
"""

import asyncio
import logging

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from fastapi.responses import PlainTextResponse

from app.domain.sentence import Sentence
from app.live.following import Admitted
from app.live.listeners.handshake import HandshakeRefused
from app.live.listeners.upgrade import HandshakeQueue
from app.live.subscription import SLOW, Closed, Code, Subscription
from app.queries.events import EventGone
from app.store.doors import Unreachable
from app.views.context import Context
from app.views.same_origin import is_same_origin
from app.views.translation import say

log = logging.getLogger(__name__)
router = APIRouter()

SLOWEST_WRITE = 5.0
"""Seconds that one message may take to leave; a peer that stopped reading is cut off and comes back."""


@router.websocket("/live/{slug}/{view}")
async def live(socket: WebSocket, slug: str, view: str, after: int = -1) -> None:
    context: Context = socket.app.state.context
    gate: HandshakeQueue = socket.app.state.gate
    origin, host = socket.headers.get("origin", ""), socket.headers.get("host", "")
    if not is_same_origin(origin, host, socket.scope["scheme"], context.settings.public_url):
        await socket.send_denial_response(_denied(403, Sentence("Sockets are for pages of this server only.")))
        return
    try:
        admitted = await gate.admission.ask(socket, slug, view) if context.views.knows(view) else None
    except HandshakeRefused:
        admitted = None
    except Unreachable:
        await socket.send_denial_response(_denied(503, Sentence("Try again in a moment.")))
        return
    if admitted is None:
        await socket.send_denial_response(_denied(404, Sentence("There is nothing to follow here.")))
        return
    await socket.accept()
    try:
        subscription = await _join(socket, gate, admitted, slug, view, after)
    except Unreachable:
        await socket.close(Code.FAILED, "something went wrong here; try again")
        return
    if subscription is None:
        # Closed after the handshake, so that the page can tell "signed out" from "network down".
        await socket.close(Code.REVOKED, "this screen needs a link")
        return
    try:
        await _serve(socket, subscription)
    finally:
        gate.feed.leave(subscription)


async def _join(
    socket: WebSocket, gate: HandshakeQueue, admitted: Admitted, slug: str, view: str, after: int
) -> Subscription | None:
    """Follow the screen; None for one who may not. Who was let in before a link changed is looked up again."""
    while admitted.may:
        event_id, access_id = admitted.following.event_id, admitted.access_id
        try:
            subscription = await gate.feed.join(event_id, view, after, access_id=access_id)
            if admitted.holds():
                return subscription
            gate.feed.leave(subscription)
            admitted = await gate.admission.ask(socket, slug, view)
        except (EventGone, HandshakeRefused):
            return None
    return None


async def _serve(socket: WebSocket, subscription: Subscription) -> None:
    reader = asyncio.create_task(_until_gone(socket))
    writer = asyncio.create_task(_write(socket, subscription))
    try:
        await asyncio.wait({reader, writer}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (reader, writer):
            task.cancel()
        await asyncio.gather(reader, writer, return_exceptions=True)


async def _until_gone(socket: WebSocket) -> None:
    try:
        while True:
            await socket.receive_text()
    except (WebSocketDisconnect, KeyError, RuntimeError):
        return


async def _write(socket: WebSocket, subscription: Subscription) -> None:
    try:
        while True:
            message = await subscription.next()
            async with asyncio.timeout(SLOWEST_WRITE):
                await socket.send_text(message.text)
    except Closed as closed:
        await socket.close(closed.code, closed.reason)
    except TimeoutError:
        await socket.close(Code.TOO_SLOW, SLOW)
    except (WebSocketDisconnect, RuntimeError):
        return


def _denied(status: int, said: str) -> PlainTextResponse:
    return PlainTextResponse(say(said), status)
