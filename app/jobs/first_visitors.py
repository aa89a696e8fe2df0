"""Makes ready what the first visitor and the first post would wait for; who comes sooner gets it made then."""

import asyncio
from collections.abc import Callable


async def make_ready(*parts: Callable[[], None]) -> None:
    """Each part in turn, beside the loop; then nothing more. A part that fails ends the process, as any job does."""
    for part in parts:
        await asyncio.to_thread(part)
    await asyncio.Event().wait()
