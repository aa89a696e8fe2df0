"""Bytes that never come are not waited for: not the first, not the rest of a head, not an announced body."""

import re
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from app.live.listeners import first_bytes, patient_http
from app.settings import Settings
from app.views import late_bodies
from tests.running import Running, ThreadedServer
from tests.until import PATIENCE
from tests.views.test_unstorable_text import ROUTES, sound

SHORT = 0.2
AT_ONCE = 40


@pytest.fixture
def hasty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    for module, name in ((first_bytes, "PATIENCE"), (patient_http, "PATIENCE"), (late_bodies, "BODY_SECONDS")):
        monkeypatch.setattr(module, name, SHORT)
    server = ThreadedServer(Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"))  # type: ignore[call-arg]
    yield server.start()
    server.stop()


BODIES = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json")
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


@pytest.mark.parametrize("announced", [50, 500_000])
@pytest.mark.parametrize("kind", BODIES)
def test_no_address_waits_for_a_body_that_breaks_off(hasty: Running, kind: str, announced: int) -> None:
    """Nor one that may be large: forms are read before any right is known."""
    writes = [(method, path) for method, path in ROUTES if method not in {"GET", "OPTIONS"}]
    for some in (writes[start : start + AT_ONCE] for start in range(0, len(writes), AT_ONCE)):
        with ExitStack() as stack:
            wires = [stack.enter_context(closing(connected(hasty))) for _ in some]
            for wire, (method, path) in zip(wires, some, strict=True):
                asked = re.sub(r"{(\w+)[^}]*}", lambda found: sound(found[1]), path)
                head = HEAD.format(method=method, path=asked, host="x")
                more = f"Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {announced}\r\n\r\n--b"
                wire.sendall((head + more).encode())
            answers = [receive(wire)[:12] for wire in wires]
        assert {answer[:10] for answer in answers} == {b"HTTP/1.1 4"}, list(zip(some, answers, strict=True))


def test_a_large_body_that_drips_is_not_waited_for(hasty: Running) -> None:
    """A byte now and then buys no time; enough of them do."""
    head = HEAD.format(method="POST", path="/e/box10/meet/photos", host="x")
    more = (
        "Sec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n"
    )
    with closing(connected(hasty)) as wire:
        part = '--b\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n\r\n'
        wire.sendall((head + more + part).encode())
        wire.setblocking(False)
        sent, heard = 0, b""
        while not heard:
            with suppress(BlockingIOError, ConnectionError):
                sent += wire.send(b"a")
            if select.select([wire], [], [], SHORT / 20)[0]:
                heard = receive(wire)
        assert heard.startswith(b"HTTP/1.1 408")
        assert sent < late_bodies.SLOWEST


def test_a_large_body_that_comes_slowly_and_steadily_is_taken(hasty: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes many times as long as an announced body may keep us waiting."""
    monkeypatch.setattr(late_bodies, "SLOWEST", 16)
    body = b"text=" + b"a" * 400
    head = HEAD.format(method="POST", path="/e/box10/posts", host="x")
    form = f"Sec-Fetch-Site: same-origin\r\nContent-Type: {BODIES[0]}\r\nContent-Length: {len(body)}\r\n\r\n"
    with closing(connected(hasty)) as wire:
        wire.sendall((head + form).encode())
        for start in range(0, len(body), 20):
            wire.sendall(body[start : start + 20])
            select.select([], [], [], SHORT / 10)
        assert not receive(wire).startswith(b"HTTP/1.1 408")


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
