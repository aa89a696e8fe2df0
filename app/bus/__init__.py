"""Bells: "something changed in event 7", without content. A bell may be lost; a line of the log may not."""

from typing import Protocol


class Bus(Protocol):
    """Carries bells between processes."""

    async def ring(self, event_id: int) -> None:
        """Tell every listener, in every process, that the Event's log grew."""

    async def next_bell(self) -> int:
        """Wait for the next bell and give its Event. Bells of one Event may be merged."""
        raise NotImplementedError

    async def check(self) -> None:
        """Raise if the bus cannot be reached."""

    async def close(self) -> None: ...


def open_bus(url: str) -> Bus:
    """Open the bus that a `BUS_URL` names. Raises ValueError for one we do not know."""
    from app.bus.memory import MemoryBus  # noqa: PLC0415 - each bus is loaded only where it is used

    if url.startswith("memory:"):
        return MemoryBus()
    raise ValueError(f"BUS_URL {url!r} is not one we know; use memory://")
