"""Bytes that never come are not waited for: not the first, not the rest of a head, not an announced body."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.live.listeners import first_bytes, patient_http
from app.settings import Settings
from app.views import unstorable_text
from tests.running import Running, ThreadedServer
from tests.until import PATIENCE

SHORT = 0.2


@pytest.fixture
def hasty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    for module, name in ((first_bytes, "PATIENCE"), (patient_http, "PATIENCE"), (unstorable_text, "BODY_SECONDS")):
        monkeypatch.setattr(module, name, SHORT)
    server = ThreadedServer(Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"))  # type: ignore[call-arg]
    yield server.start()
    server.stop()


HEAD = "{method} {path} HTTP/1.1\r\nHost: {host}\r\n"


@pytest.mark.parametrize(
    "begun",
    [
        "",
        "G",
        "GET /up HTT",
        HEAD.format(method="GET", path="/up", host="x"),
        HEAD.format(method="GET", path="/live/box10/floor?after=0", host="x") + "Upgrade: websocket\r\n",
        HEAD.format(method="GET", path="/up", host="x") + "\r\n" + "GET /u",
        HEAD.format(method="POST", path="/e/box10/posts", host="x") + "Sec-Fetch-Site: same-origin\r\nContent-Length: 50\r\n\r\ntext=",
    ],
    ids=["nothing", "a letter", "half a line", "half a head", "half a handshake", "a second one", "half a body"],
)  # fmt: skip
def test_what_was_begun_and_never_comes_ends(hasty: Running, begun: str) -> None:
    with closing(connected(hasty)) as wire:
        wire.sendall(begun.encode())
        heard = b""
        while data := receive(wire):
            heard += data
    assert heard.count(b"HTTP/1.1 ") == begun.count("\r\n\r\n")
    assert (b" 408 " in heard) == ("Content-Length" in begun)


def test_who_has_asked_and_waits_is_not_hurried(hasty: Running) -> None:
    """A connection that is kept open between two requests lives on as before."""
    with closing(connected(hasty)) as wire:
        for _ in range(3):
            wire.sendall(HEAD.format(method="GET", path="/up", host="x").encode() + b"\r\n")
            heard = b""
            while not heard.endswith(b"up"):
                heard += receive(wire)
            assert b" 200 OK" in heard


def connected(server: Running) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=PATIENCE)


def receive(wire: socket.socket) -> bytes:
    try:
        return wire.recv(65_536)
    except ConnectionError:
        return b""
