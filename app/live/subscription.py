"""One reader of a Broadcast that asks for its messages one by one, and why it was closed."""

import asyncio
from enum import IntEnum

from app.live.broadcast import Broadcast, Message, tick


class Code(IntEnum):
    """Why a socket was closed, in the numbers that a page sees."""

    RESTART = 1012
    TOO_SLOW = 1013
    FAILED = 1011
    REVOKED = 4401
    GONE = 4404


LAGGING = 64
"""A reader that falls so many messages behind is closed and comes back with its cursor."""
SLOW = "too slow; come back with your cursor"


class Closed(Exception):
    """The Feed gave this reader up; `code` is the socket's close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Subscription:
    """Telling it never waits: it only wakes. What it has not read yet stays in the Broadcast."""

    def __init__(self, broadcast: Broadcast, access_id: int | None) -> None:
        self.broadcast = broadcast
        self.access_id = access_id
        self._at = broadcast.end
        self._stands_at = -1
        self._first: Message | None = None
        self._tick = False
        self._closed: Closed | None = None
        self._news = asyncio.Event()

    def begin(self, number: int) -> None:
        """Begin with this message of the Broadcast, and say at once where the reader stands."""
        self._at = number
        if number == self.broadcast.end:
            self.tick()

    def catch_up(self, missed: Message) -> None:
        """Begin with what was missed; what was told before that is older and must not come after it."""
        self._first = missed
        self._stands_at = missed.cursor
        self._news.set()

    def wake(self) -> None:
        if self.broadcast.end - self._at > LAGGING:
            self.close(Code.TOO_SLOW, SLOW)
        self._news.set()

    def tick(self) -> None:
        """Tell a quiet page that it is still connected, and where it stands."""
        self._tick = True
        self._news.set()

    def close(self, code: int, reason: str) -> None:
        if self._closed is None:
            self._closed = Closed(code, reason)
        self._news.set()

    async def next(self) -> Message:
        """Wait for the next message. Raises Closed at once when the Feed has closed this reader."""
        while True:
            if self._closed is not None:
                raise self._closed
            if (found := self._take()) is not None:
                return found
            self._news.clear()
            await self._news.wait()

    def _take(self) -> Message | None:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        while self._at < self.broadcast.end:
            found = self.broadcast.get(max(self._at, self.broadcast.start))
            self._at += 1
            if found.cursor > self._stands_at:
                self._tick = False
                return found
        if self._tick:
            self._tick = False
            return tick(max(self.broadcast.cursor, self._stands_at))
        return None
