"""The class given to uvicorn for sockets: those that only listen are ours, all others are uvicorn's own."""

import asyncio
import logging
from http import HTTPStatus
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from app.backchannel import Busy, Unreachable
from app.live.admission import Admission, Admitted
from app.live.feed import Feed
from app.live.handshake import Handshake, Refused, path_of, read_handshake
from app.live.listener import SocketListener
from app.live.subscription import Code

log = logging.getLogger(__name__)

LISTENING = frozenset({"wall", "floor"})
"""Screens whose sockets only listen, by the thousand."""
UNDECIDED = 20_000
"""So many handshakes may wait for the database at once."""

_LATER = Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Try again in a moment.", {"Retry-After": "2"}).answer
_BROKEN = Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "This could not be opened; try again.").answer


class Gate:
    """What handshakes need, and how many of them wait. One for each process, handed on by the application's state."""

    def __init__(self, feed: Feed, admission: Admission) -> None:
        self.feed = feed
        self.admission = admission
        self.waiting: set[asyncio.Task[None]] = set()


class Upgrade(asyncio.Protocol):
    """Decides by the path who serves a socket, then hands the connection over."""

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> None:
        self._config = config
        self._state = server_state
        self._app_state = app_state
        self._transport: asyncio.Transport
        self._then: asyncio.Protocol | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self._then is None:
            self._then = self._choose(data)
            # uvicorn puts this object in the transport when we return; from then on it only stands in the way.
            asyncio.get_running_loop().call_soon(self._hand_over)
        else:
            self._then.data_received(data)

    def eof_received(self) -> bool | None:
        return self._then.eof_received() if self._then is not None else None

    def connection_lost(self, error: Exception | None) -> None:
        if self._then is not None:
            self._then.connection_lost(error)

    def pause_writing(self) -> None:
        if self._then is not None:
            self._then.pause_writing()

    def resume_writing(self) -> None:
        if self._then is not None:
            self._then.resume_writing()

    def _hand_over(self) -> None:
        if self._then is not None and not self._transport.is_closing():
            self._transport.set_protocol(self._then)

    def _choose(self, data: bytes) -> asyncio.Protocol:
        path = path_of(data)
        gate: Gate | None = self._app_state.get("gate")
        listens = len(path) == 3 and path[0] == "live" and path[2] in LISTENING
        if not listens or gate is None or self._transport.get_extra_info("sslcontext") is not None:
            stock = WebSocketsSansIOProtocol(self._config, self._state, self._app_state)
            stock.connection_made(self._transport)
            stock.data_received(data)
            return stock
        connections = cast(set[object], self._state.connections)
        listener = SocketListener(self._transport, connections)
        connections.add(listener)
        _open(gate, listener, data, slug=path[1], view=path[2])
        return listener


def _open(gate: Gate, listener: SocketListener, data: bytes, *, slug: str, view: str) -> None:
    try:
        handshake, rest = read_handshake(data)
        admitted = gate.admission.at_once(handshake, slug, view)
        number = _place(admitted, handshake, view)
        if admitted is not None and number is not None:
            listener.open(handshake.answer, admitted.access_id)
            listener.follow(admitted.following.audience(view), number)
        elif len(gate.waiting) >= UNDECIDED:
            listener.fail(_LATER)
        else:
            task = asyncio.create_task(_open_later(gate, listener, handshake, admitted, slug=slug, view=view))
            gate.waiting.add(task)
            task.add_done_callback(gate.waiting.discard)
        if rest:
            listener.data_received(rest)
    except Refused as refused:
        gate.feed.figures.refused += 1
        listener.refuse(refused.answer)


def _place(admitted: Admitted | None, handshake: Handshake, view: str) -> int | None:
    """Where to begin, if whoever asks may listen and all that they missed is in memory."""
    if admitted is None or not admitted.may:
        return None
    return admitted.following.audience(view).broadcast.place(handshake.after)


async def _open_later(
    gate: Gate, listener: SocketListener, handshake: Handshake, admitted: Admitted | None, *, slug: str, view: str
) -> None:
    """Open a socket that the database must be asked about."""
    try:
        admitted = admitted or await gate.admission.ask(handshake, slug, view)
        listener.open(handshake.answer, admitted.access_id)
        if not admitted.may:
            # Closed after the handshake, so that the page can tell "signed out" from "network down".
            listener.close(Code.REVOKED, "this screen needs a link")
            return
        following = admitted.following
        audience = following.audience(view)
        if (number := audience.broadcast.place(handshake.after)) is not None:
            listener.follow(audience, number)
            return
        missed = await gate.feed.catch_up(following.event_id, view, handshake.after)
        if not listener.closing:
            listener.write(missed.frame)
            listener.follow_from(following.audience(view), missed.cursor)
    except Refused as refused:
        gate.feed.figures.refused += 1
        listener.refuse(refused.answer)
    except (Unreachable, Busy):
        listener.fail(_LATER)
    except Exception:
        log.exception("a socket could not be opened")
        listener.fail(_BROKEN)
