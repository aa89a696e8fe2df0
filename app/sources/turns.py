"""How often a server may be asked: not more in a while than it allows, and looking after what is kept waits first."""

from collections import deque
from datetime import timedelta

from app.sources import Clock


class Turns:
    """At most so many requests in any such while. Who asks calmly leaves the rest to new posts."""

    def __init__(self, clock: Clock, *, most: int, calm: int, window: timedelta) -> None:
        self._clock, self._most, self._calm, self._window = clock, most, calm, window
        self._asked: deque[float] = deque(maxlen=most)

    async def wait(self, *, calmly: bool = False) -> None:
        while True:
            at, most = self._clock.now().timestamp(), self._calm if calmly else self._most
            while self._asked and self._asked[0] <= at - self._window.total_seconds():
                self._asked.popleft()
            if len(self._asked) < most:
                self._asked.append(at)
                return
            await self._clock.sleep(max(self._asked[-most] + self._window.total_seconds() - at, 0.1))
