"""A bounded inbox between a connection, which must not wait, and those who store what it brings."""

import asyncio
from collections import deque

from app.sources import Ended, Why

MAX_LINES = 2000


class Lines:
    """Raw lines in order; b'' is a heartbeat. When full the connection ends, and the gap is repaired."""

    def __init__(self, most: int = MAX_LINES) -> None:
        self._lines: deque[bytes] = deque()
        self._most = most
        self._open = self._ended = False
        self._changed = asyncio.Event()

    def open(self) -> None:
        self._open = True
        self._changed.set()

    def put(self, raw: bytes) -> None:
        if len(self._lines) >= self._most:
            raise Ended(Why.STALLED, "Posts come faster than they can be stored; the rest is fetched next.")
        self._lines.append(raw)
        self._changed.set()

    def end(self) -> None:
        self._ended = True
        self._changed.set()

    def wake(self) -> None:
        """Let the reader look around, even if there is nothing to read."""
        if not self._ended and len(self._lines) < self._most:
            self.put(b"")

    async def opened(self) -> bool:
        """Wait until the connection stands; False if it never did."""
        while not (self._open or self._ended):
            self._changed.clear()
            await self._changed.wait()
        return self._open

    async def take(self, most: int) -> list[bytes]:
        """The next lines, at least one; none once the connection has ended and everything has been taken."""
        while not (self._lines or self._ended):
            self._changed.clear()
            await self._changed.wait()
        return [self._lines.popleft() for _ in range(min(most, len(self._lines)))]
