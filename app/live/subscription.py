"""One reader of the Feed: a bounded queue of messages, and why it was closed."""

import asyncio
from dataclasses import dataclass
from typing import Any

TOO_SLOW = 1013
FAILED = 1011
REVOKED = 4401
QUEUE = 64


@dataclass(frozen=True, slots=True)
class Message:
    """Text to send, and the cursor that a reader stands at afterwards."""

    cursor: int
    text: str


class Closed(Exception):
    """The Feed gave this reader up; `code` is the socket's close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Subscription:
    """Offering never waits. A reader that falls QUEUE messages behind is closed and comes back with its cursor."""

    def __init__(self, event_id: int, view: str, access_id: int | None) -> None:
        self.event_id = event_id
        self.view = view
        self.access_id = access_id
        self._queue: asyncio.Queue[Message] = asyncio.Queue(QUEUE)
        self._stands_at = -1
        self._first: Message | None = None
        self._closed: asyncio.Future[Closed] = asyncio.get_running_loop().create_future()

    def offer(self, message: Message) -> None:
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self.close(TOO_SLOW, "too slow; come back with your cursor")

    def skip_to(self, first: Message) -> None:
        """Begin with this message; what was rendered before it is older and must not come after it."""
        self._first, self._stands_at = first, first.cursor

    def close(self, code: int, reason: str) -> None:
        if not self._closed.done():
            self._closed.set_result(Closed(code, reason))

    async def next(self) -> Message:
        """Wait for the next message. Raises Closed at once when the Feed has closed this reader."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        while (message := await self._next()).cursor < self._stands_at:
            pass
        return message

    async def _next(self) -> Message:
        waiting: asyncio.Future[Message] = asyncio.ensure_future(self._queue.get())
        either: set[asyncio.Future[Any]] = {waiting, self._closed}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if self._closed.done():
                raise self._closed.result()
            return waiting.result()
        finally:
            waiting.cancel()
