"""How much the other side of a socket may say, which nobody reads."""

import time

LARGEST_FRAME = 4 * 1024
"""Bytes of a message that may be sent to us; what it says is read by nobody."""
TALKATIVE = 200
"""Frames that may be sent at once; each second it may be one more."""
BYTES_A_LOOK = 64
"""Bytes that are parsed between two looks at how many frames that were: a ping is six bytes, a read 256 KB."""
GRACE = 2.0
"""Seconds for the other side to answer a close."""
TOO_TALKATIVE = 1008, "this socket only tells; it does not listen"


class Allowance:
    """Frames count and not reads; `spent` once there were too many."""

    __slots__ = ("_left", "_spoke_at")

    def __init__(self) -> None:
        self._left = float(TALKATIVE)
        self._spoke_at = time.monotonic()

    def spend(self, frames: int) -> None:
        now = time.monotonic()
        self._left = min(TALKATIVE, self._left + now - self._spoke_at) - frames
        self._spoke_at = now

    @property
    def spent(self) -> bool:
        return self._left < 0
