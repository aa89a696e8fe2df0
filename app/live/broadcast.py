"""One screen of one Event as everybody hears it: its newest messages, each encoded once, read by position."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from websockets.frames import Frame, Opcode

from app.views.view import now_said

MESSAGES_KEPT = 256
KEPT_BYTES = 1024 * 1024
"""So much is kept of each screen: who needs more of the past is caught up from the database."""
TOGETHER = 32 * 1024
"""Messages that piled up leave in one write of at most so many bytes (one message may be longer)."""

_cursor_of = attrgetter("cursor")


@dataclass(frozen=True, slots=True)
class Message:
    """Text to send, as a WebSocket frame too, and the cursor that a reader stands at afterwards.

    `changed_at` is the moment of the newest line it tells of, in seconds since the epoch; 0 if it tells of none.
    """

    cursor: int
    text: str
    frame: bytes
    changed_at: float = 0.0


def message(cursor: int, text: str, changed_at: float = 0.0) -> Message:
    return Message(cursor, text, framed(text), changed_at)


def tick(cursor: int) -> Message:
    """Nothing new; this is where you stand, and how late it is."""
    return message(cursor, json.dumps({"tick": cursor, "now": now_said()}))


def framed(text: str) -> bytes:
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


class Broadcast:
    """The messages of one screen are numbered; a reader keeps the number of the one that it needs next."""

    def __init__(self, event_id: int, view: str, cursor: int) -> None:
        self.event_id = event_id
        self.view = view
        self.cursor = cursor
        """How far the log was read for this screen."""
        self.end = 0
        """The number that the next message will have."""
        self._kept: list[Message] = []
        self._size = 0
        self._back_to = cursor
        self._merged: dict[int, tuple[bytes, int]] = {}

    @property
    def start(self) -> int:
        """Number of the oldest message that is kept."""
        return self.end - len(self._kept)

    def tell(self, message: Message) -> None:
        self._kept.append(message)
        self._size += len(message.frame)
        self.end += 1
        self.cursor = message.cursor
        self._merged.clear()
        while len(self._kept) > MESSAGES_KEPT or (self._size > KEPT_BYTES and len(self._kept) > 1):
            self._forget_oldest()

    def stand_at(self, cursor: int) -> None:
        """The log was read up to here, and nothing on this screen changed."""
        self.cursor = cursor

    def skip_to(self, cursor: int) -> None:
        """What led here could not be told; whoever stands before it is caught up from the database."""
        self._kept.clear()
        self._merged.clear()
        self._size = 0
        self.cursor = self._back_to = cursor

    def place(self, after: int) -> int | None:
        """Number of the first message that a reader at this cursor needs; None if not all that it needs is here.

        A message may repeat lines that the reader knows already: a line says which batch changed and a message how it
        looks now, so that does no harm.
        """
        if not self._back_to <= after <= self.cursor:
            return None
        return self.start + bisect_right(self._kept, after, key=_cursor_of)

    def get(self, number: int) -> Message:
        return self._kept[number - self.start]

    def merged(self, number: int) -> tuple[bytes, int]:
        """All frames from this number on that fit into one write, and the number after them."""
        found = self._merged.get(number)
        if found is None:
            found = self._merged[number] = self._merge(number)
        return found

    def _merge(self, number: int) -> tuple[bytes, int]:
        frames: list[bytes] = []
        size = 0
        for message in self._kept[number - self.start :]:
            size += len(message.frame)
            if frames and size > TOGETHER:
                break
            frames.append(message.frame)
        return (frames[0] if len(frames) == 1 else b"".join(frames)), number + len(frames)

    def _forget_oldest(self) -> None:
        oldest = self._kept.pop(0)
        self._size -= len(oldest.frame)
        self._back_to = oldest.cursor
