"""What the fan-out counts while it works; `/metrics` reads it."""

from dataclasses import dataclass, field

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of a Histogram, in seconds."""


@dataclass(slots=True)
class Histogram:
    """Seconds, counted up to each bound."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def note(self, seconds: float) -> None:
        self.total += seconds
        for index, bound in enumerate(BOUNDS):
            if seconds <= bound:
                self.counts[index] += 1
                return
        self.counts[-1] += 1


@dataclass(slots=True)
class Counters:
    """Counted since the process began. A delivery is one message at one socket."""

    joined: int = 0
    bells: int = 0
    refused: int = 0
    deliveries: int = 0
    writes: int = 0
    catch_ups: int = 0
    cut_off: int = 0
    silent: int = 0
    last_socket: Histogram = field(default_factory=Histogram)
    """From the moment of a change to the write to the last socket that heard of it."""

    @property
    def merged(self) -> int:
        """Messages that needed no write of their own."""
        return self.deliveries - self.writes
