"""Faults of the whole server: nobody at the door, wrong clock, a flood of posts."""

import asyncio
import socket
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from .faults import Active

if TYPE_CHECKING:
    from .server import XServer

STEPS_PER_SECOND = 50
HOUR = 3600.0


class Outages:
    def __init__(self, server: "XServer") -> None:
        self.server = server
        self._undo: list[Callable[[], None]] = []

    def begin(self, fault: Active) -> None:
        """Act at once on a fault that concerns the whole server."""
        begin: dict[str, Callable[[Active], None]] = {
            "refuse": self._refuse,
            "gone": self._be_gone,
            "ipv6": self._move_to_ipv6,
            "skew": self._skew,
            "old_posts": self._backdate,
            "index_lag": self._index_late,
            "rule_delay": self._delay_rules,
            "burst": self._burst,
        }
        if fault.kind in begin:
            begin[fault.kind](fault)

    def end(self) -> None:
        while self._undo:
            self._undo.pop()()

    def _refuse(self, fault: Active) -> None:
        self.server.door.shut()
        self._undo.append(self.server.door.open)

    def _be_gone(self, fault: Active) -> None:
        """Away for a while; the world goes on posting."""
        self._refuse(fault)
        seconds = fault.until - time.monotonic() if fault.until else self.server.site.clock.real(HOUR)
        fault.until, fault.times = None, 1
        text = str(fault.settings.get("text", "Post {n} of the hour you missed #box10"))
        self.server.start(self._come_back(int(fault.settings.get("posts", 0)), seconds, text, fault))

    async def _come_back(self, posts: int, seconds: float, text: str, fault: Active) -> None:
        await self._post_many(posts, seconds, text)
        fault.times = 0
        self.end()

    def _move_to_ipv6(self, fault: Active) -> None:
        self._refuse(fault)
        self.server.door.open(socket.AF_INET6)
        self._undo.append(self.server.door.shut)

    def _skew(self, fault: Active) -> None:
        seconds = float(fault.settings["minutes"]) * 60
        self.server.site.clock.shift(seconds)
        self._undo.append(lambda: self.server.site.clock.shift(-seconds))

    def _backdate(self, fault: Active) -> None:
        self.server.site.world.backdated = timedelta(minutes=float(fault.settings["minutes"]))
        self._undo.append(lambda: setattr(self.server.site.world, "backdated", timedelta()))

    def _index_late(self, fault: Active) -> None:
        world = self.server.site.world
        before, world.index_lag = world.index_lag, float(fault.settings["lag"])
        self._undo.append(lambda: setattr(world, "index_lag", before))

    def _delay_rules(self, fault: Active) -> None:
        book = self.server.site.rulebook
        before, book.delay = book.delay, float(fault.settings["delay"])
        self._undo.append(lambda: setattr(book, "delay", before))

    def _burst(self, fault: Active) -> None:
        duration = float(fault.settings["duration"])
        posts = int(float(fault.settings["rate"]) * duration)
        text = str(fault.settings.get("text", "Post {n} of a busy minute #box10"))
        self.server.start(self._post_many(posts, self.server.site.clock.real(duration), text))

    async def _post_many(self, posts: int, seconds: float, text: str) -> None:
        steps = max(1, min(posts, int(seconds * STEPS_PER_SECOND)))
        for step in range(steps):
            for n in range(posts * step // steps, posts * (step + 1) // steps):
                self.server.post(f"crowd_{n % 50}", text.format(n=n + 1))
            await asyncio.sleep(seconds / steps)
