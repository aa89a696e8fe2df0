"""Listening to a running server, by a library and by hand."""

import json
import socket
import struct
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.sync.client import ClientConnection, connect

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.domain.access import Role
from app.settings import Settings
from tests.conftest import ASHA, incoming
from tests.running import Running, ThreadedServer

VIEWS = ["floor", "wall"]


@pytest.fixture(scope="module")
def threaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadedServer]:
    made = Settings(
        _env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )  # type: ignore[call-arg]
    server = ThreadedServer(made)
    server.running = server.start()  # type: ignore[attr-defined]
    yield server
    server.stop()


@pytest.fixture
def server(threaded: ThreadedServer) -> Running:
    running: Running = threaded.running  # type: ignore[attr-defined]
    return running


_numbers = iter(range(100_000))


def shows(server: Running, words: str = "") -> int:
    number = next(_numbers)
    post = incoming(words or f"something worth saying, number {number}", ref=f"l-{number}", by=f"a{number}")
    now = datetime.now(UTC)
    post_id = server.do(receive, server.event.id, post, at=now).post_id
    server.do(approve, post_id, by=ASHA, at=now)
    return int(post_id)


def cookie(server: Running, link: str) -> str:
    with httpx2.Client(verify=False, follow_redirects=True) as client:
        client.get(link)
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def listen(server: Running, view: str = "floor", *, after: int | str = 0, **more: Any) -> ClientConnection:
    headers = {"Cookie": cookie(server, server.link(Role.SCREEN))} if view == "wall" else {}
    url = f"{server.url.replace('http', 'ws')}/live/box10/{view}?after={after}"
    return connect(url, **{"origin": server.url, "additional_headers": headers, **more})


def told(socket: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(socket.recv(timeout=60))
    return message


def ended_with(opened: ClientConnection) -> int:
    """The code of the close frame, after all that was told before."""
    try:
        while True:
            opened.recv(timeout=60)
    except ConnectionClosed as closed:
        return int(closed.rcvd.code) if closed.rcvd is not None else 1006


def stands_at(server: Running) -> int:
    with listen(server, after=10**9) as opened:
        return int(told(opened)["cursor"])


class Raw:
    """A client that sends what it likes, in what pieces it likes."""

    def __init__(self, server: Running, request: bytes | None = None, *, after: int = 0) -> None:
        self.socket = socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=60)
        host = server.url.removeprefix("http://")
        plain = (
            f"GET /live/box10/floor?after={after} HTTP/1.1\r\nHost: {host}\r\nOrigin: {server.url}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        self.request = plain.encode() if request is None else request
        self.heard = b""

    def shake(self, pieces: int = 1) -> "Raw":
        size = max(1, len(self.request) // pieces)
        for start in range(0, len(self.request), size):
            self.socket.sendall(self.request[start : start + size])
            if pieces > 1:
                time.sleep(0.005)
        while b"\r\n\r\n" not in self.heard:
            self.hear()
        self.answer, _, self.heard = self.heard.partition(b"\r\n\r\n")
        return self

    def hear(self) -> bytes:
        data = self.socket.recv(65536)
        if not data:
            raise EOFError
        self.heard += data
        return data

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """Frames of the server: opcode and payload, until it ends."""
        while True:
            while (found := self._frame()) is None:
                try:
                    self.hear()
                except (EOFError, ConnectionError):
                    return
            yield found

    def _frame(self) -> tuple[int, bytes] | None:
        head = self.heard[:2]
        if len(head) < 2:
            return None
        size, start = head[1] & 127, 2
        if size == 126:
            size, start = int.from_bytes(self.heard[2:4]), 4
        elif size == 127:
            size, start = int.from_bytes(self.heard[2:10]), 10
        if len(self.heard) < start + size or (head[1] & 127 > 125 and len(self.heard) < start):
            return None
        payload, self.heard = self.heard[start : start + size], self.heard[start + size :]
        return head[0] & 15, payload

    def closed_with(self) -> int | None:
        """The code of the close frame; None if the connection just ended."""
        for opcode, payload in self.frames():
            if opcode == Opcode.CLOSE:
                return int(struct.unpack("!H", payload[:2])[0]) if payload else 1005
        return None


def frame(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin=fin).serialize(mask=True)
