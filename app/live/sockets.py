"""Sockets: `/live/{slug}/{view}?after={cursor}` pushes what a screen shows. Nothing is ever received on them."""

import asyncio
import json
import logging
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from fastapi.responses import PlainTextResponse

from app.access import holder
from app.domain.event import Event
from app.live.feed import Feed
from app.live.subscription import TOO_SLOW, Closed, Message, Subscription
from app.queries.events import event_by_slug
from app.views.shell import Shell

log = logging.getLogger(__name__)
router = APIRouter()

SLOWEST = 5.0
"""Seconds that one message may take to leave; a peer that stopped reading is cut off and comes back."""


@router.websocket("/live/{slug}/{view}")
async def live(socket: WebSocket, slug: str, view: str, after: int = -1) -> None:
    shell: Shell = socket.app.state.shell
    feed: Feed = socket.app.state.feed
    if not same_origin(socket, shell):
        await socket.send_denial_response(_denied(403, "Sockets are for pages of this server only."))
        return
    event = await shell.backchannel.ask(event_by_slug, slug)
    if event is None or view not in shell.views:
        await socket.send_denial_response(_denied(404, "There is nothing to follow here."))
        return
    may, access_id = await _access(socket, shell, event, view)
    await socket.accept()
    if not may:
        # Closed after the handshake, so that the page can tell "signed out" from "network down".
        await socket.close(4401, "this screen needs a link")
        return
    subscription = await feed.join(event.id, view, after, access_id=access_id)
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
                await socket.send_text(message.text or _tick(message))
    except Closed as closed:
        await socket.close(closed.code, closed.reason)
    except TimeoutError:
        await socket.close(TOO_SLOW, "too slow; come back with your cursor")
    except (WebSocketDisconnect, RuntimeError):
        return


async def _access(socket: WebSocket, shell: Shell, event: Event, view: str) -> tuple[bool, int | None]:
    role = shell.views[view].role
    if role is None:
        return True, None
    ids = shell.cookies.links(socket, event.slug)
    access = (await shell.backchannel.ask(holder, event.id, ids)).may(role)
    return access is not None, access.id if access else None


def same_origin(socket: WebSocket, shell: Shell) -> bool:
    """A browser always sends Origin with a handshake; a foreign page's is not ours."""
    origin = urlsplit(socket.headers.get("origin", "")).netloc
    ours = {socket.headers.get("host", ""), urlsplit(shell.settings.public_url).netloc} - {""}
    return origin in ours


def _tick(message: Message) -> str:
    return json.dumps({"tick": message.cursor})


def _denied(status: int, said: str) -> PlainTextResponse:
    return PlainTextResponse(said, status)
