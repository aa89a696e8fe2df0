"""uvicorn's own protocol of sockets, where what the other side says is counted and its connection has a place."""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.live.listeners import allowance
from app.live.listeners.allowance import BYTES_A_LOOK, TOO_TALKATIVE, Allowance
from app.live.listeners.connections_per_address import Held


class CountedSocket(WebSocketsSansIOProtocol):
    """Anybody may open one before any right is known, so it bears no more than a listener does."""

    def __init__(self, *given: Any, held: Held | None) -> None:
        super().__init__(*given)
        self._allowance = Allowance()
        self._held = held

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), BYTES_A_LOOK):
            super().data_received(data[start : start + BYTES_A_LOOK])
            if self._allowance.spent:
                self._send_away()
            if self._allowance.spent or self.transport.is_closing():
                return

    def handle_events(self) -> None:
        self._allowance.spend(len(self.conn.events))
        super().handle_events()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._held is not None:
            self._held.leave()
        super().connection_lost(exc)

    def _send_away(self) -> None:
        self.read_paused = False  # uvicorn would read on
        self.transport.pause_reading()
        if not self.handshake_complete or self.close_sent:
            self.transport.abort()
            return
        code, reason = TOO_TALKATIVE
        self.conn.fail(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.close_timer = self.loop.call_later(allowance.GRACE, self.transport.abort)
