"""Waiting for what must come, without knowing when: the only place where tests sleep for it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 30.0
"""Seconds; what has not come by then will not. A test that passes never waits for so long."""
LOOK_AGAIN = 0.01


async def until(condition: Callable[[], T | Awaitable[T]], patience: float = PATIENCE) -> T:
    """Wait until a condition holds, and give what it gave. Raises TimeoutError."""
    deadline = time.monotonic() + patience
    while True:
        found = condition()
        if isinstance(found, Awaitable):
            found = await found
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come")
        await asyncio.sleep(LOOK_AGAIN)


def until_now(condition: Callable[[], T], patience: float = PATIENCE) -> T:
    """The same for tests without a loop."""
    deadline = time.monotonic() + patience
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come")
        time.sleep(LOOK_AGAIN)
    return found
