"""Sockets: `/live/{slug}/{view}?after={cursor}` pushes what a screen shows. Nothing is ever received on them.

These are the sockets of desk, stage and setup. Those of walls and phones leave before ASGI (`upgrade`); under another
server than ours they are served here too.
"""

import asyncio
import logging

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from fastapi.responses import PlainTextResponse

from app.live.feed import Feed
from app.live.listeners.handshake import is_ours
from app.live.listeners.upgrade import HandshakeQueue
from app.live.subscription import SLOW, Closed, Code, Subscription
from app.queries.events import event_by_slug
from app.store.doors import Unreachable
from app.views.context import Context

log = logging.getLogger(__name__)
router = APIRouter()

SLOWEST = 5.0
"""Seconds that one message may take to leave; a peer that stopped reading is cut off and comes back."""


@router.websocket("/live/{slug}/{view}")
async def live(socket: WebSocket, slug: str, view: str, after: int = -1) -> None:
    context: Context = socket.app.state.context
    gate: HandshakeQueue = socket.app.state.gate
    if not is_ours(socket.headers.get("origin", ""), socket.headers.get("host", ""), context.settings.public_url):
        await socket.send_denial_response(_denied(403, "Sockets are for pages of this server only."))
        return
    try:
        event = await context.backchannel.ask(event_by_slug, slug)
        if event is None or view not in context.views:
            await socket.send_denial_response(_denied(404, "There is nothing to follow here."))
            return
        role = context.views[view].role
        access_id = await gate.admission.link(socket, event, role) if role is not None else None
    except Unreachable:
        await socket.send_denial_response(_denied(503, "Try again in a moment."))
        return
    await socket.accept()
    if role is not None and access_id is None:
        # Closed after the handshake, so that the page can tell "signed out" from "network down".
        await socket.close(Code.REVOKED, "this screen needs a link")
        return
    await _follow(socket, gate.feed, event.id, view, after, access_id)


async def _follow(socket: WebSocket, feed: Feed, event_id: int, view: str, after: int, access_id: int | None) -> None:
    try:
        subscription = await feed.join(event_id, view, after, access_id=access_id)
    except Unreachable:
        await socket.close(Code.FAILED, "something went wrong here; try again")
        return
    try:
        await _serve(socket, subscription)
    finally:
        feed.leave(subscription)


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
            async with asyncio.timeout(SLOWEST):
                await socket.send_text(message.text)
    except Closed as closed:
        await socket.close(closed.code, closed.reason)
    except TimeoutError:
        await socket.close(Code.TOO_SLOW, SLOW)
    except (WebSocketDisconnect, RuntimeError):
        return


def _denied(status: int, said: str) -> PlainTextResponse:
    return PlainTextResponse(said, status)
