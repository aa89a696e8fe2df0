"""The listening socket: open, or shut with the port kept so that nobody else gets it meanwhile."""

import asyncio
import socket
from collections.abc import Callable

from aiohttp import web

HOSTS = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}


class Door:
    def __init__(self, runner: web.AppRunner, port: int, start: Callable[..., object]) -> None:
        self.runner, self.port, self._start = runner, port, start
        self._socket: socket.socket | None = None
        self._server: asyncio.Server | None = None

    def open(self, family: socket.AddressFamily = socket.AF_INET) -> None:
        """From now on the kernel accepts; the server takes over as soon as the loop gets to it."""
        listening = self._bound(family)
        listening.listen(128)
        self._socket = listening
        self._start(self._serve(listening))

    def shut(self) -> None:
        """Refuse everybody new and reset everybody inside."""
        self.close()
        self._socket = self._bound(socket.AF_INET)
        assert self.runner.server is not None
        for protocol in self.runner.server.connections:
            if protocol.transport is not None:
                protocol.transport.abort()

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        if self._socket is not None:
            self._socket.close()
        self._server = self._socket = None

    async def _serve(self, listening: socket.socket) -> None:
        if listening is self._socket and self.runner.server is not None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self.runner.server, sock=listening)

    def _bound(self, family: socket.AddressFamily) -> socket.socket:
        """A bound socket; one that does not listen yet refuses connections and still holds the port."""
        if self._socket is not None and self._socket.family == family and self._server is None:
            return self._socket
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOSTS[family], self.port))
        self.port = made.getsockname()[1]
        return made
