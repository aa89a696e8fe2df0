"""A socket that only listens: as little of a connection as will do, for walls and for phones by the thousand."""

import asyncio
import codecs
import socket

from websockets.frames import Close, Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from app.live.audience import Audience
from app.live.listeners import allowance
from app.live.listeners.allowance import BYTES_A_LOOK, LARGEST_FRAME, TOO_TALKATIVE, Allowance
from app.live.listeners.batch import Batch
from app.live.listeners.connections_per_address import Held
from app.live.subscription import Code

UNHEARD = 2
"""Pings in a batch that may stay without an answer."""
PING_WORDS = b"up"
PING = Frame(Opcode.PING, PING_WORDS).serialize(mask=False)
_PONG = bytes((0x80 | Opcode.PONG, 0x80 | len(PING_WORDS)))
_PONG_SIZE = len(_PONG) + 4 + len(PING_WORDS)


def peer_of(transport: asyncio.BaseTransport) -> str:
    """The address at the other end; '' at a socket that has none."""
    name = transport.get_extra_info("peername")
    return str(name[0]) if isinstance(name, tuple) else ""


class SocketListener(asyncio.Protocol):
    """Writes go straight to the socket; only what it does not take at once waits in the transport.

    `pings` counts those without an answer. The parser is made when the other side first sends anything but a pong.
    """

    __slots__ = (
        "_allowance",
        "_audience",
        "_connections",
        "_decoder",
        "_parser",
        "_socket",
        "_transport",
        "_waits",
        "access_id",
        "at",
        "batch",
        "closing",
        "held",
        "opened",
        "pings",
        "send",
        "slot",
    )

    def __init__(self) -> None:
        self._transport: asyncio.Transport
        self._connections: set[object]
        self._audience: Audience | None = None
        self._parser: ServerProtocol | None = None
        self._decoder: codecs.IncrementalDecoder | None = None
        self._allowance = Allowance()
        self._waits = False
        self.at = 0
        self.batch: Batch | None = None
        self.slot = 0
        self.access_id: int | None = None
        self.opened = False
        self.closing = False
        self.pings = 0
        self.held: Held | None = None

    def take(self, transport: asyncio.Transport, connections: set[object]) -> None:
        """Take a connection over; `connections` are those that uvicorn closes when it stops."""
        self._transport = transport
        self._connections = connections
        connections.add(self)
        # The same descriptor as the transport's, which keeps it; `_leave` lets go of it.
        descriptor = transport.get_extra_info("socket").fileno()
        self._socket = socket.SocketType(socket.AF_INET, socket.SOCK_STREAM, 0, descriptor)
        self.send = self._socket.send

    def peer(self) -> str:
        return peer_of(self._transport)

    def open(self, answer: bytes, access_id: int | None) -> None:
        """Answer the handshake with yes, and what is to follow at once in the same write."""
        self.access_id = access_id
        self.opened = True
        self.write(answer)

    def refuse(self, answer: bytes) -> None:
        """Answer the handshake with no."""
        self._leave()
        self._transport.write(answer)
        self._transport.close()

    def fail(self, answer: bytes) -> None:
        """Something went wrong on our side; the page may come back."""
        if self.opened:
            self.close(Code.FAILED, "something went wrong here; try again")
        elif not self.closing:
            self.refuse(answer)

    def follow(self, audience: Audience, number: int) -> None:
        self._audience = audience
        audience.join(self, number)

    def follow_from(self, audience: Audience, cursor: int) -> None:
        self._audience = audience
        audience.join_from(self, cursor)

    def write(self, data: bytes) -> bool:
        """Hand bytes to the kernel; False if it did not take them all, then the rest waits in the transport."""
        if self.closing:
            return True
        if self._waits and not self.recovered():
            self._transport.write(data)
            return False
        try:
            sent = self.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort()
            return True
        if sent < len(data):
            self.keep(data, sent)
        return sent == len(data)

    def keep(self, data: bytes, sent: int) -> None:
        """Let the transport write what the kernel did not take; until then nothing may go past it."""
        self._waits = True
        self._transport.write(memoryview(data)[sent:])

    def recovered(self) -> bool:
        """Whether the kernel has taken all that waited."""
        self._waits = not self.closing and self._transport.get_write_buffer_size() > 0
        return not self._waits

    def close(self, code: int, reason: str) -> None:
        """Say why and wait a moment for the answer."""
        if not self.closing:
            self._leave()
            self._transport.write(Frame(Opcode.CLOSE, Close(code, reason).serialize()).serialize(mask=False))
            asyncio.get_running_loop().call_later(allowance.GRACE, self._transport.abort)

    def shutdown(self) -> None:
        """Called by uvicorn when the server stops."""
        if self.opened and not self.closing:
            self.close(Code.RESTART, "the server restarts; come back in a moment")
        self._transport.close()

    def abort(self) -> None:
        self._leave()
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        if not self.opened:
            self.abort()  # it talks before it was answered
            return
        self.pings = 0
        if len(data) == _PONG_SIZE and data.startswith(_PONG):
            return
        for start in range(0, len(data), BYTES_A_LOOK):
            self._parse(data[start : start + BYTES_A_LOOK])
            if self._allowance.spent:
                self.close(*TOO_TALKATIVE)
                self._transport.pause_reading()
            if self._transport.is_closing() or self._allowance.spent:
                return

    def connection_lost(self, _error: Exception | None) -> None:
        if self.held is not None:
            self.held.leave()
        self._leave()
        self._connections.discard(self)

    def _leave(self) -> None:
        # From here on nothing may be written to the descriptor: the kernel may give its number to somebody else.
        if not self.closing:
            self.closing = True
            self._socket.detach()
        if self._audience is not None:
            self._audience.part(self)
            self._audience = None

    def _parse(self, data: bytes) -> None:
        if self._parser is None:
            self._parser = ServerProtocol(state=State.OPEN, max_size=LARGEST_FRAME)
        self._parser.receive_data(data)
        try:
            for event in self._parser.events_received():
                if isinstance(event, Frame):
                    self._allowance.spend(1)
                    self._read(event)
        except UnicodeDecodeError:
            self._parser.fail(1007, "text must be UTF-8")
        answer = b"".join(self._parser.data_to_send())
        if answer and not self.closing and not self.write(answer):
            # It talks and does not read: what it is owed must not grow.
            self.abort()
            return
        if self._parser.close_expected():
            self._leave()
            self._transport.close()

    def _read(self, frame: Frame) -> None:
        """Nobody reads what is said here; but text must be text."""
        if frame.opcode is Opcode.TEXT:
            self._decoder = codecs.getincrementaldecoder("utf-8")()
        elif frame.opcode is Opcode.BINARY:
            self._decoder = None
        if frame.opcode in {Opcode.TEXT, Opcode.CONT} and self._decoder is not None:
            self._decoder.decode(frame.data, final=frame.fin)
