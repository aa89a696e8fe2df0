"""A row of listeners that stand at the same message: for them a message is one system call each and nothing else."""

from collections.abc import Callable
from typing import Protocol

Send = Callable[..., int]


class Listener(Protocol):
    """A socket that only listens.

    `send` writes past everything and tells how much was taken; `keep` is told what was not. `seat` is its place in
    `row`, if it has one.
    """

    at: int
    """Number of the message that it needs next; in a row, the row's number counts."""
    send: Send
    row: "Row | None"
    seat: int
    closing: bool
    access_id: int | None

    def write(self, data: bytes) -> bool: ...
    def keep(self, data: bytes, sent: int) -> None: ...
    def recovered(self) -> bool: ...
    def close(self, code: int, reason: str) -> None: ...


class Row:
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

    def seat(self, listener: Listener) -> None:
        listener.row, listener.seat = self, len(self.listeners)
        self.listeners.append(listener)
        self._sends.append(listener.send)

    def unseat(self, listener: Listener) -> None:
        """The last one takes the seat that becomes free."""
        last, seat = self.listeners[-1], listener.seat
        self.listeners[seat], self._sends[seat] = last, self._sends[-1]
        last.seat = seat
        self.listeners.pop()
        self._sends.pop()
        listener.row = None
        listener.at = self.at

    def give(self, data: bytes, after: int) -> tuple[list[Listener], list[Listener]]:
        """Write to all; then they stand at `after`. Gives those who took only a part, and those who are gone."""
        size = len(data)
        short: list[tuple[int, int]] = []
        broken: list[int] = []
        for seat, send in enumerate(self._sends):
            try:
                sent = send(data)
            except BlockingIOError:
                sent = 0
            except OSError:
                broken.append(seat)
                continue
            if sent != size:
                short.append((seat, sent))
        self.at = after
        stalled = [(self.listeners[seat], sent) for seat, sent in short]
        gone = [self.listeners[seat] for seat in broken]
        for listener, sent in stalled:
            self.unseat(listener)
            listener.keep(data, sent)
        for listener in gone:
            self.unseat(listener)
        return [listener for listener, _ in stalled], gone
