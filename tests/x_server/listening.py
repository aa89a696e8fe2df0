"""A plain reader of the stream that tells how its connection ended, in the words of `FAULTS`."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from .fault_table import End
from .server import XServer

PATIENCE = 30.0
PATH = "/2/tweets/search/stream"
BY_STATUS: dict[int, End] = {
    401: "auth",
    402: "no_credit",
    403: "forbidden_plan",
    409: "bad_rules",
    420: "rate_limited",
}
BY_TITLE: dict[str, End] = {"UsageCapExceeded": "usage_cap", "ConnectionException": "too_many_connections"}


class Listener:
    """Reads as a careful client would: splits lines itself, takes 30 of X's seconds of silence for a stall."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.heartbeats = 0
        self.status: int | None = None
        self.body = b""
        self.headers: dict[str, str] = {}
        self.ended: End | None = None
        self._news = asyncio.Event()

    @property
    def posts(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]

    async def hear(self, lines: int) -> list[dict[str, Any]]:
        """Wait until that many lines have come."""
        async with asyncio.timeout(60):
            while len(self.lines) < lines:
                await self._news.wait()
                self._news.clear()
        return self.posts

    async def read(self, session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> None:
        try:
            async with session.get(url, headers=headers) as response:
                self.status, self.headers = response.status, dict(response.headers)
                if response.status == 200:
                    await self._read_lines(response)
                else:
                    self.body = await response.read()
            self.ended = self._why()
        except TimeoutError:
            self.ended = "stalled"
        except (aiohttp.ClientError, OSError):
            self.ended = "network"

    async def _read_lines(self, response: aiohttp.ClientResponse) -> None:
        rest = b""
        async for part in response.content.iter_any():
            *whole, rest = (rest + part).split(b"\n")
            for line in whole:
                self._take(line.strip())
        if rest:
            self._take(rest)

    def _take(self, line: bytes) -> None:
        if line:
            self.lines.append(line)
        else:
            self.heartbeats += 1
        self._news.set()

    def _why(self) -> End:
        if self.status == 429:
            return BY_TITLE.get(json.loads(self.body)["title"], "rate_limited")
        return "closed" if self.status == 200 else BY_STATUS.get(self.status or 0, "http")


@asynccontextmanager
async def listening(
    x: XServer, query: str = "", *, path: str = PATH, url: str = "", a_stall_is_expected: bool = False
) -> AsyncIterator[Listener]:
    """A reader at work; it leaves at the end of the block.

    Only who expects a stall takes X's seconds for one: on a busy machine they pass without a fault of anybody's.
    """
    ear = Listener()
    silence = x.clock.real(PATIENCE) if a_stall_is_expected else 60.0
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=60, sock_read=silence)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        where = f"{url or x.url}{path}" + (f"?{query}" if query else "")
        reading = asyncio.create_task(ear.read(session, where, {"Authorization": f"Bearer {x.token}"}))
        await x.until(lambda: ear.status is not None or reading.done() or x.site.faults.active)
        try:
            yield ear
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def ended(ear: Listener) -> End:
    """How it ended, as soon as it has."""
    async with asyncio.timeout(60):
        while ear.ended is None:
            await asyncio.sleep(0.002)
    return ear.ended
