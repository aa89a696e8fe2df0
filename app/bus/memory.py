"""The bus of a single process."""

import asyncio


class MemoryBus:
    """Bells merge while nobody listens, so it holds at most one entry for each Event."""

    def __init__(self) -> None:
        self._rung: dict[int, None] = {}
        self._any = asyncio.Event()

    async def ring(self, event_id: int) -> None:
        self._rung[event_id] = None
        self._any.set()

    async def next_bell(self) -> int:
        while not self._rung:
            self._any.clear()
            await self._any.wait()
        event_id = next(iter(self._rung))
        del self._rung[event_id]
        return event_id

    async def check(self) -> None:
        return None

    async def close(self) -> None:
        return None
