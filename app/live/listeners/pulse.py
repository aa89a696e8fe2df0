"""One timer for all listeners: ticks and pings, a hundredth of them at a time, and the end of those who are silent."""

import asyncio

from app.live.feed import TICK, Feed
from app.live.listeners.batches import BATCHES
from app.live.listeners.listener import PING, UNHEARD, SocketListener

PING_EVERY = 4
"""Every so many rounds of ticks a listener is pinged too, in the same write."""


async def keep_pulse(feed: Feed) -> None:
    """Beat for ever; a round of `BATCHES` beats takes `TICK` seconds."""
    beat = 0
    while True:
        await asyncio.sleep(TICK / BATCHES)
        ping = (beat // BATCHES) % PING_EVERY == 0
        for audience in feed.audiences():
            for listener in audience.beat(beat % BATCHES, PING if ping else b""):
                if ping and isinstance(listener, SocketListener):
                    _count(listener, feed)
        beat += 1


def _count(listener: SocketListener, feed: Feed) -> None:
    listener.pings += 1
    if listener.pings > UNHEARD:
        feed.figures.silent += 1
        listener.abort()
