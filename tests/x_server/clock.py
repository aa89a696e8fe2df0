"""Time as the server sees it: durations run `speed` times faster, the time of day is the real one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SNOWFLAKE_EPOCH_MS = 1288834974657


@dataclass
class Clock:
    speed: float = 1.0
    shifted: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shifted

    def real(self, seconds: float) -> float:
        """How long to wait for what X calls this many seconds."""
        return seconds / self.speed

    def shift(self, seconds: float) -> None:
        """Set the server's clock wrong, or move it to another day."""
        self.shifted += timedelta(seconds=seconds)


def iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def snowflake(at: datetime, sequence: int) -> int:
    """X's ids count milliseconds in their upper bits; the lower 22 keep posts of one instant apart."""
    return (milliseconds(at) - SNOWFLAKE_EPOCH_MS << 22) + (sequence & 0x3FFFFF)


def born(snowflake_id: int) -> datetime:
    return datetime.fromtimestamp(((snowflake_id >> 22) + SNOWFLAKE_EPOCH_MS) / 1000, UTC)


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
