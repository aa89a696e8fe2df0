"""Rate limits per endpoint and window, and the three headers every answer carries."""

import time
from dataclasses import dataclass, field

from .clock import Clock
from .problems import Refused, plain

WINDOW = 15 * 60.0

LIMITS = {
    "stream": 50,
    "rules_get": 450,
    "rules_post": 100,
    "rules_counts": 450,
    "search": 450,
    "lookup": 3500,
    "users": 900,
    "connections": 300,
    "usage": 50,
    "compliance": 150,
    "activity_stream": 450,
    "activity": 500,
}


@dataclass
class _Window:
    ends: float
    used: int = 0


@dataclass
class Limits:
    clock: Clock
    per_window: dict[str, int] = field(default_factory=LIMITS.copy)
    _windows: dict[str, _Window] = field(default_factory=dict)

    def count(self, endpoint: str) -> None:
        """One request more; over the limit it is refused."""
        window = self._window(endpoint)
        window.used += 1
        if window.used > self.per_window[endpoint]:
            raise Refused(429, plain(429))

    def headers(self, endpoint: str) -> dict[str, str]:
        window, limit = self._window(endpoint), self.per_window[endpoint]
        reset = self.clock.now().timestamp() + window.ends - time.monotonic()
        return {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(max(0, limit - window.used)),
            "x-rate-limit-reset": str(int(reset) + 1),
        }

    def _window(self, endpoint: str) -> _Window:
        window = self._windows.get(endpoint)
        if window is None or window.ends <= time.monotonic():
            window = _Window(time.monotonic() + self.clock.real(WINDOW))
            self._windows[endpoint] = window
        return window
