"""uvicorn's own protocol of HTTP, with an end to its patience: it waits for ever for a request that was begun."""

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from app.live.listeners.connections_per_address import Held

PATIENCE = 10.0
"""Seconds within which a request's head must have come, from its first byte; and a first byte at all."""


class PatientHttp(AutoHTTPProtocol):  # type: ignore[misc,valid-type]
    """`held` is the place of the connection at its address."""

    held: Held | None = None
    _late: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._waits_for_a_head():
            self._stop_waiting()
        elif self._late is None:
            self._late = asyncio.get_running_loop().call_later(PATIENCE, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        self._let_go()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, *given: Any) -> None:
        """The socket is counted at its own address."""
        self._let_go()
        super().handle_websocket_upgrade(*given)

    def _waits_for_a_head(self) -> bool:
        return (self.cycle is None or self.cycle.response_complete) and not self.transport.is_closing()

    def _give_up(self) -> None:
        self.transport.abort()

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _let_go(self) -> None:
        self._stop_waiting()
        if self.held is not None:
            self.held.leave()
            self.held = None
