"""Who is listening, told to the other processes."""

import asyncio
import os
import secrets
import socket
from collections import Counter

from app.bus import PRESENT_SECONDS, Bus
from app.live.feed import Feed


async def report_presence(feed: Feed, bus: Bus) -> None:
    """Say for ever how many listen here, by `event/view`."""
    process = f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"
    while True:
        counted: Counter[str] = Counter()
        for audience in feed.audiences():
            counted[f"{audience.broadcast.event_id}/{audience.broadcast.view}"] += len(audience)
        await bus.tell_present(process, {key: number for key, number in counted.items() if number})
        await asyncio.sleep(PRESENT_SECONDS / 5)
