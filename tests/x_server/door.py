"""The listening socket: open, or shut with the port kept so that nobody else gets it meanwhile."""

import asyncio
import socket
from collections.abc import Callable

from aiohttp import web

HOSTS = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}


class Door:
    def __init__(self, runner: web.AppRunner, port: int, start: Callable[..., object]) -> None:
        self.runner, self.port, self._start = runner, port, start
        self._kept: socket.socket | None = None
        self._listening: socket.socket | None = None
        self._server: asyncio.Server | None = None

    def open(self, family: socket.AddressFamily = socket.AF_INET) -> None:
        """From now on the kernel accepts; the server takes over as soon as the loop gets to it."""
        if family == socket.AF_INET and self._kept is not None:
            listening, self._kept = self._kept, None
        else:
            listening = self._bound(family)
        listening.listen(128)
        self._listening = listening
        self._start(self._serve(listening))

    def shut(self) -> None:
        """Refuse everybody new and reset everybody inside."""
        self._stop_listening()
        self._kept = self._kept or self._bound(socket.AF_INET)
        assert self.runner.server is not None
        for protocol in self.runner.server.connections:
            if protocol.transport is not None:
                protocol.transport.abort()

    def close(self) -> None:
        self._stop_listening()
        if self._kept is not None:
            self._kept.close()
        self._kept = None

    def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
        if self._listening is not None:
            self._listening.close()
        self._server = self._listening = None

    async def _serve(self, listening: socket.socket) -> None:
        if listening is self._listening and self.runner.server is not None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self.runner.server, sock=listening)

    def _bound(self, family: socket.AddressFamily) -> socket.socket:
        """A bound socket; as long as it does not listen, it refuses connections and still holds the port."""
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOSTS[family], self.port))
        self.port = made.getsockname()[1]
        return made
