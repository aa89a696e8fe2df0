"""A batch of listeners that stand at the same message: for them a message is one system call each and nothing else."""

from collections.abc import Callable
from typing import Protocol

Send = Callable[..., int]


class Listener(Protocol):
    """A socket that only listens.

    `send` writes past everything and tells how much was taken; `keep` is told what was not. `slot` is its place in
    `batch`, if it has one.
    """

    at: int
    """Number of the message that it needs next; in a batch, the batch's number counts."""
    send: Send
    batch: "Batch | None"
    slot: int
    closing: bool
    access_id: int | None

    def write(self, data: bytes) -> bool: ...
    def keep(self, data: bytes, sent: int) -> None: ...
    def recovered(self) -> bool: ...
    def close(self, code: int, reason: str) -> None: ...


class Batch:
    """Two lists side by side, so that a pass touches nothing but the sockets."""

    def __init__(self) -> None:
        self.at = 0
        """Number of the message that all of them need next."""
        self.quiet_since = 0
        """Where it stood when it had its last tick."""
        self.listeners: list[Listener] = []
        self._sends: list[Send] = []

    def __len__(self) -> int:
        return len(self.listeners)

    def slot(self, listener: Listener) -> None:
        listener.batch, listener.slot = self, len(self.listeners)
        self.listeners.append(listener)
        self._sends.append(listener.send)

    def remove(self, listener: Listener) -> None:
        """The last one takes the slot that becomes free."""
        last, slot = self.listeners[-1], listener.slot
        self.listeners[slot], self._sends[slot] = last, self._sends[-1]
        last.slot = slot
        self.listeners.pop()
        self._sends.pop()
        listener.batch = None
        listener.at = self.at

    def give(self, data: bytes, after: int) -> tuple[list[Listener], list[Listener]]:
        """Write to all; then they stand at `after`. Gives those who took only a part, and those who are gone."""
        size = len(data)
        short: list[tuple[int, int]] = []
        broken: list[int] = []
        for slot, send in enumerate(self._sends):
            try:
                sent = send(data)
            except BlockingIOError:
                sent = 0
            except OSError:
                broken.append(slot)
                continue
            if sent != size:
                short.append((slot, sent))
        self.at = after
        stalled = [(self.listeners[slot], sent) for slot, sent in short]
        gone = [self.listeners[slot] for slot in broken]
        for listener, sent in stalled:
            self.remove(listener)
            listener.keep(data, sent)
        for listener in gone:
            self.remove(listener)
        return [listener for listener, _ in stalled], gone
