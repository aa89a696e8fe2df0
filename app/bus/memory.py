"""The bus of a single process."""

import asyncio
import time

from app.bus import PRESENT_SECONDS, Present, added
from app.bus.rate_limits import Allowance, Limits


class MemoryBus:
    """Bells merge while nobody listens, so it holds at most one entry for each Event."""

    def __init__(self) -> None:
        self._rung: dict[int, None] = {}
        self._any = asyncio.Event()
        self._limits = Limits(time.monotonic)
        self._present: dict[str, tuple[float, Present]] = {}

    async def ring(self, event_id: int) -> None:
        self.ring_here(event_id)

    def ring_here(self, event_id: int) -> None:
        self._rung[event_id] = None
        self._any.set()

    async def next_bell(self) -> int:
        while not self._rung:
            self._any.clear()
            await self._any.wait()
        event_id = next(iter(self._rung))
        del self._rung[event_id]
        return event_id

    async def wait(self, *asked: Allowance) -> float:
        return self._limits.wait(*asked)

    async def tell_present(self, process: str, present: Present) -> None:
        self._present[process] = (time.monotonic(), present)

    async def present(self) -> Present:
        late = time.monotonic() - PRESENT_SECONDS
        return added([report for at, report in self._present.values() if at >= late])

    async def check(self) -> None:
        return None

    async def close(self) -> None:
        return None
