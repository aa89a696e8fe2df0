"""How far a long command has come: a bar, how fast, how much longer. On a terminal only, and when it takes long."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

SILENT_SECONDS = 2.0
"""What is done by then needs no bar."""
DRAWN_EVERY = 0.2
WIDTH = 24


class Progress:
    """Told now and then how much is done; draws on one line of standard error and wipes it at the end."""

    def __init__(
        self,
        unit: str,
        total: float = 0,
        *,
        out: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._unit, self._total, self._clock = unit, total, clock
        self._out = sys.stderr if out is None else out
        self._shown = self._out.isatty()
        self._began = self._last = clock()
        self._drawn = False

    def reach(self, done: float, *, counted: float | None = None, total: float | None = None) -> None:
        """`done` of the total; `counted` is what the rate is of, if that is another thing."""
        at = self._clock()
        if not self._shown or at - self._began < SILENT_SECONDS or at - self._last < DRAWN_EVERY:
            return
        self._last, self._total = at, self._total if total is None else total
        self._drawn = True
        self._out.write("\r\x1b[K" + self._line(done, done if counted is None else counted, at - self._began))
        self._out.flush()

    def end(self) -> None:
        if self._drawn:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def _line(self, done: float, counted: float, seconds: float) -> str:
        rate = f"{counted:,.0f} {self._unit}, {counted / seconds:,.0f}/s"
        if not self._total:
            return rate
        share = min(1.0, done / self._total)
        bar = "█" * int(share * WIDTH) + "·" * (WIDTH - int(share * WIDTH))
        left = f", {_time(seconds * (1 - share) / share)} left" if share else ""
        return f"{bar} {share:4.0%} {rate}{left}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
