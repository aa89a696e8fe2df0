"""The class given to uvicorn for every connection: it looks at the first bytes and hands the connection on.

A well-formed handshake of a socket that only listens is answered without the machinery of HTTP: ten thousand phones
that come back at once need half the time. Everything else, and every handshake that is in any way unusual, goes to
uvicorn's own protocol, as if this class were not there.
"""

import asyncio
import re
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.server import ServerState

from app.live.listeners.connections_per_address import Held
from app.live.listeners.handshake import path_of
from app.live.listeners.listener import SocketListener, peer_of
from app.live.listeners.patient_http import PATIENCE, PatientHttp
from app.live.listeners.upgrade import HandshakeQueue, listens, open_socket

_PLAIN = re.compile(
    rb"GET /live/[!-~]* HTTP/1\.1\r\n"
    rb"(?:(?!content-length:|transfer-encoding:)[A-Za-z0-9-]+: ?[!-~](?:[ -~]*[!-~])?\r\n)+\r\n",
    re.IGNORECASE,
)
_UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)
"""The same address without it is a page that asks over HTTP (`app/live/polling.py`)."""


class FirstBytes(asyncio.Protocol):
    """Lives until the first bytes come, and not for ever."""

    __slots__ = ("_held", "_late", "_made_with", "_transport")

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._made_with = (config, server_state, app_state, _loop)
        self._transport: asyncio.Transport
        self._held: Held | None = None
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        gate: HandshakeQueue | None = self._made_with[2].get("gate")
        if gate is not None and not gate.ceiling.hops:
            self._held = gate.ceiling.admit(peer_of(transport))
            if self._held is None:
                self._transport.abort()
                return
        self._late = asyncio.get_running_loop().call_later(PATIENCE, self._transport.abort)

    def connection_lost(self, _error: Exception | None) -> None:
        if self._late is not None:
            self._late.cancel()
        if self._held is not None:
            self._held.leave()

    def data_received(self, data: bytes) -> None:
        if self._late is not None:
            self._late.cancel()
        config, state, app_state, loop = self._made_with
        gate: HandshakeQueue | None = app_state.get("gate")
        if gate is not None and data.startswith(b"GET /live/") and _PLAIN.fullmatch(data) and _UPGRADE.search(data):
            path = path_of(data)
            if listens(path, self._transport):
                listener = SocketListener()
                listener.held = self._held
                self._transport.set_protocol(listener)
                listener.take(self._transport, cast(set[object], state.connections))
                open_socket(gate, listener, data, slug=path[1], view=path[2])
                return
        http = PatientHttp(config=config, server_state=state, app_state=app_state, _loop=loop)
        http.held = self._held
        self._transport.set_protocol(http)
        http.connection_made(self._transport)
        http.data_received(data)
