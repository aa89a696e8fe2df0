"""Waiting for what must come, without knowing when: the only place where tests sleep for it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds: a guard against hanging, in a place where a slow machine cannot meet it."""
LOOK_AGAIN = 0.01


async def until(condition: Callable[[], T | Awaitable[T]], patience: float = PATIENCE) -> T:
    """Wait until a condition holds, and give what it gave."""
    deadline = time.monotonic() + patience
    while True:
        found = condition()
        if isinstance(found, Awaitable):
            found = await found
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come about")
        await asyncio.sleep(LOOK_AGAIN)


def until_now(condition: Callable[[], T], patience: float = PATIENCE) -> T:
    """The same without a loop, for what another thread or process brings about."""
    deadline = time.monotonic() + patience
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come about")
        time.sleep(LOOK_AGAIN)
    return found
