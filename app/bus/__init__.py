"""What processes tell each other and may forget: bells, how much somebody has asked for, who is listening.

A bell is "something changed in event 7", without content. A bell may be lost; a line of the log may not. Nothing here
is kept for good: a bus that comes back empty has lost nothing that matters.
"""

from collections.abc import Mapping
from typing import Protocol

from app.bus.rate_limits import Allowance

Present = Mapping[str, int]
"""How many listen, by `event/view`."""


class Bus(Protocol):
    """Carries bells between processes, and the little state that they share."""

    async def ring(self, event_id: int) -> None:
        """Tell every listener, in every process, that the Event's log grew. Never raises."""

    async def next_bell(self) -> int:
        """Wait for the next bell and give its Event. Bells of one Event may be merged."""
        raise NotImplementedError

    async def wait(self, *asked: Allowance) -> float:
        """Take one of each, if all allow it: then 0. Else take none, and give the seconds until all do."""
        raise NotImplementedError

    async def tell_present(self, process: str, present: Present) -> None:
        """Say how many listen in this process. Never raises; it is forgotten after `PRESENT_SECONDS`."""

    async def present(self) -> Present:
        """How many listen in all processes."""
        raise NotImplementedError

    async def check(self) -> None:
        """Raise if the bus cannot be reached."""

    async def close(self) -> None: ...


PRESENT_SECONDS = 15


def added(reports: "list[Present]") -> Present:
    total: dict[str, int] = {}
    for report in reports:
        for key, number in report.items():
            total[key] = total.get(key, 0) + number
    return total


def open_bus(url: str) -> Bus:
    """Open the bus that a `BUS_URL` names. Raises ValueError for one we do not know."""
    if url.startswith("memory:"):
        from app.bus.memory import MemoryBus  # noqa: PLC0415 - each bus is loaded only where it is used

        return MemoryBus()
    if url.startswith(("redis:", "rediss:", "unix:")):
        from app.bus.redis import RedisBus  # noqa: PLC0415

        return RedisBus(url)
    raise ValueError(f"BUS_URL {url!r} is not one we know; use memory:// or redis://")
