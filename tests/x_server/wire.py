"""The bytes of one stream: chunks as X writes them, and as bad networks deliver them."""

import asyncio
import socket
import struct
import zlib

from aiohttp import web

PAUSE = 0.02


class Wire:
    def __init__(self, request: web.Request) -> None:
        self._request = request
        self._gzip = zlib.compressobj(wbits=31)
        self._zipped = False
        self.response = web.StreamResponse(headers={"Content-Type": "application/json; charset=utf-8"})

    async def open(self, *, zipped: bool = False) -> None:
        self._zipped = zipped
        if zipped:
            self.response.headers["Content-Encoding"] = "gzip"
        self.response.enable_chunked_encoding()
        await self.response.prepare(self._request)

    async def send(self, line: bytes) -> None:
        await self.response.write(self._packed(line))

    async def send_bytewise(self, line: bytes) -> None:
        """Every byte is a TCP segment of its own."""
        for byte in self._chunk(self._packed(line)):
            self._write(bytes([byte]))
            await asyncio.sleep(0)

    async def send_split(self, line: bytes) -> None:
        """Two segments, the first ends inside a character."""
        at = next((n for n, byte in enumerate(line) if byte & 0xC0 == 0x80), len(line) // 2)
        for part in (line[:at], line[at:]):
            await self.response.write(self._packed(part))
            await asyncio.sleep(PAUSE)

    async def truncate(self, line: bytes) -> None:
        """Promise a chunk of this length, send half of it and hang up."""
        chunk = self._chunk(self._packed(line))
        self._write(chunk[: len(chunk) // 2])
        await asyncio.sleep(PAUSE)
        self._close()

    def reset(self) -> None:
        reset(self._request)

    async def end(self) -> None:
        """A clean end: the last chunk, then the connection closes."""
        if self._zipped:
            await self.response.write(self._gzip.flush(zlib.Z_FINISH))
        self.response.force_close()
        await self.response.write_eof()

    def hang_up(self, last_line: bytes) -> None:
        """For a reader who does not read: leave a last line in the pipe and go."""
        self._write(self._chunk(self._packed(last_line)) + b"0\r\n\r\n")
        self._close()

    def narrow(self) -> None:
        """Keep little under way, so that a slow reader shows early."""
        transport = self._request.transport
        if transport is not None:
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
            transport.set_write_buffer_limits(high=4096)

    def _packed(self, line: bytes) -> bytes:
        return self._gzip.compress(line) + self._gzip.flush(zlib.Z_SYNC_FLUSH) if self._zipped else line

    def _chunk(self, body: bytes) -> bytes:
        return f"{len(body):x}\r\n".encode() + body + b"\r\n"

    def _write(self, raw: bytes) -> None:
        transport = self._request.transport
        if transport is None or transport.is_closing():
            raise ConnectionResetError
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(raw)

    def _close(self) -> None:
        if self._request.transport is not None:
            self._request.transport.close()


def reset(request: web.BaseRequest) -> None:
    """A real TCP reset: no goodbye, and what was under way is lost."""
    transport = request.transport
    if transport is None:
        return
    linger = struct.pack("ii", 1, 0)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    assert isinstance(transport, asyncio.WriteTransport)
    transport.abort()
