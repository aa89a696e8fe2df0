"""Sockets that only listen keep to the protocol, whoever is at the other end."""

import asyncio
import json
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Close, Frame, Opcode
from websockets.sync.client import ClientConnection, connect

from app.actions.access import give_link, revoke_link
from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.moderation import approve
from app.domain.event import Role
from app.live.listeners import batches, listener
from app.settings import Settings
from tests.conftest import ASHA, incoming
from tests.running import Running, ThreadedServer

VIEWS = ["floor", "wall"]


@pytest.fixture(scope="module")
def threaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadedServer]:
    made = Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only for tests")  # type: ignore[call-arg]
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
    with httpx2.Client(follow_redirects=True) as client:
        client.get(link)
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def listen(server: Running, view: str = "floor", *, after: int | str = 0, **more: Any) -> ClientConnection:
    headers = {"Cookie": cookie(server, server.link(Role.SCREEN))} if view == "wall" else {}
    url = f"{server.url.replace('http', 'ws')}/live/box10/{view}?after={after}"
    return connect(url, **{"origin": server.url, "additional_headers": headers, **more})


def told(socket: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(socket.recv(timeout=5))
    return message


def ended_with(opened: ClientConnection) -> int:
    """The code of the close frame, after all that was told before."""
    try:
        while True:
            opened.recv(timeout=5)
    except ConnectionClosed as closed:
        return int(closed.rcvd.code) if closed.rcvd is not None else 1006


def stands_at(server: Running) -> int:
    with listen(server, after=10**9) as opened:
        return int(told(opened)["cursor"])


class Raw:
    """A client that sends what it likes, in what pieces it likes."""

    def __init__(self, server: Running, request: bytes | None = None, *, after: int = 0) -> None:
        self.socket = socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=5)
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


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("origin", [None, "https://elsewhere.example", "null", "http://127.0.0.1:1"])
def test_a_page_of_another_site_may_not_listen(server: Running, view: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        listen(server, view, origin=origin)
    assert refused.value.response.status_code == 403


def test_the_wall_of_another_event_is_not_opened_by_a_link_of_this_one(server: Running) -> None:
    now = datetime.now(UTC)
    server.do(create_event, "elsewhere", name="Elsewhere", hashtags=[], at=now)
    headers = {"Cookie": cookie(server, server.link(Role.SCREEN))}
    url = server.url.replace("http", "ws") + "/live/elsewhere/wall?after=0"
    with connect(url, origin=server.url, additional_headers=headers) as opened:  # type: ignore[arg-type]
        assert ended_with(opened) == 4401


def test_a_link_that_is_revoked_ends_its_walls_and_opens_no_more(server: Running) -> None:
    now = datetime.now(UTC)
    link = server.do(give_link, server.event.id, Role.SCREEN, at=now)
    headers = {"Cookie": cookie(server, f"{server.url}/e/box10/wall?key={link.token}")}
    with (
        listen(server, "wall", additional_headers=headers),
        listen(server, "wall", additional_headers=headers, after=stands_at(server)) as second,
    ):
        server.do(revoke_link, link.access.id, at=datetime.now(UTC))
        assert ended_with(second) == 4401
    with listen(server, "wall", additional_headers=headers) as again:
        assert ended_with(again) == 4401


def test_nothing_of_the_other_screens_is_told_to_the_floor(server: Running) -> None:
    with listen(server, after=stands_at(server)) as opened:
        now = datetime.now(UTC)
        server.do(receive, server.event.id, incoming("still waits, seen by nobody", ref="waits", by="w"), at=now)
        shown = shows(server, "shown to everybody here")
        content = ""
        while f'id="post-{shown}"' not in content:
            content += told(opened).get("content", "")
    assert "still waits" not in content


@pytest.mark.parametrize("after", ["x", "1e3", "--1"])
def test_a_cursor_that_is_no_number_is_refused(server: Running, after: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        listen(server, after=after)
    assert refused.value.response.status_code == 400


def test_a_cursor_beyond_all_numbers_gets_the_whole_list(server: Running) -> None:
    with listen(server, after="9" * 40) as opened:
        assert 'hx-swap="innerMorph"' in told(opened)["content"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ((b"Sec-WebSocket-Version: 13\r\n", b"Sec-WebSocket-Version: 8\r\n"), 400),
        ((b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", b""), 400),
        ((b"dGhlIHNhbXBsZSBub25jZQ==", b"too short"), 400),
        ((b"Connection: Upgrade\r\n", b"Connection: close\r\n"), None),
        ((b"GET /live", b"POST /live"), None),
        ((b"Origin:", b"Origin: http://elsewhere.example\r\nOrigin:"), 400),
        ((b"\r\nUpgrade", b"\r\nHost: elsewhere.example\r\nUpgrade"), 400),
        ((b"/live/box10/floor", b"/live/nowhere/floor"), 404),
        ((b"/live/box10/floor", b"/live/box10/cellar"), 404),
        ((b"Host:", b"Host :"), None),
        ((b"\r\nOrigin", b"\r\n folded\r\nOrigin"), None),
    ],
)
def test_a_handshake_that_breaks_the_rules_is_refused(
    server: Running, change: tuple[bytes, bytes], status: int | None
) -> None:
    raw = Raw(server)
    raw.request = raw.request.replace(*change)
    answer = raw.shake().answer
    assert not answer.startswith(b"HTTP/1.1 101")
    if status:
        assert answer.startswith(f"HTTP/1.1 {status}".encode())


def test_one_that_hangs_up_before_it_is_answered_is_counted_nowhere(threaded: ThreadedServer, server: Running) -> None:
    def listening() -> int:
        return sum(len(audience) for audience in threaded.app.state.feed.audiences())

    stands_at(server)
    time.sleep(0.3)
    before = listening()
    for _ in range(30):
        raw = Raw(server, after=-1)
        raw.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raw.socket.sendall(raw.request)
        raw.socket.close()
    time.sleep(1)
    assert listening() <= before
    assert not threaded.app.state.gate.waiting


@pytest.mark.parametrize("pieces", [1, 2, 7, 40])
def test_a_handshake_may_come_in_pieces(server: Running, pieces: int) -> None:
    with closing(Raw(server).shake(pieces).socket):
        pass


def test_a_ping_is_answered_with_its_own_words_and_a_close_with_its_own_code(server: Running) -> None:
    raw = Raw(server).shake()
    raw.socket.sendall(frame(Opcode.PING, b"are you there"))
    raw.socket.sendall(frame(Opcode.CLOSE, Close(1001, "going").serialize()))
    heard = [(opcode, payload) for opcode, payload in raw.frames() if opcode in {Opcode.PONG, Opcode.CLOSE}]
    assert heard == [(Opcode.PONG, b"are you there"), (Opcode.CLOSE, Close(1001, "going").serialize())]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (frame(Opcode.TEXT, b"\xff\xfe"), 1007),
        (frame(Opcode.TEXT, "é".encode()[:1], fin=False) + frame(Opcode.CONT, b"x"), 1007),
        (frame(Opcode.TEXT, b"x" * (listener.LARGEST + 1)), 1009),
        (frame(Opcode.TEXT, b"a", fin=False) + frame(Opcode.TEXT, b"b"), 1002),
        (frame(Opcode.CONT, b"out of nothing"), 1002),
        (Frame(Opcode.TEXT, b"not masked").serialize(mask=False), 1002),
        (b"\x83\x80\x00\x00\x00\x00", 1002),
        (b"\xc1\x80\x00\x00\x00\x00", 1002),
        (b"\x89\xfe\x00\x80\x00\x00\x00\x00" + b"x" * 128, 1002),
    ],
)
def test_what_the_protocol_forbids_ends_the_connection_and_says_why(server: Running, data: bytes, code: int) -> None:
    raw = Raw(server).shake()
    raw.socket.sendall(data)
    assert raw.closed_with() == code


def test_who_talks_and_talks_is_told_to_go(server: Running) -> None:
    raw = Raw(server).shake()
    with closing(raw.socket):
        for _ in range(listener.TALKATIVE + 50):
            try:
                raw.socket.sendall(frame(Opcode.TEXT, b"hello"))
            except OSError:
                break
            time.sleep(0.001)
        assert raw.closed_with() in {1008, None}


messages = st.lists(
    st.one_of(
        st.tuples(st.just(Opcode.PING), st.binary(max_size=125)),
        st.tuples(st.just(Opcode.PONG), st.binary(max_size=125)),
        st.tuples(st.just(Opcode.TEXT), st.text(max_size=60).map(str.encode)),
        st.tuples(st.just(Opcode.BINARY), st.binary(max_size=200)),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=messages, cuts=st.lists(st.integers(1, 900), max_size=12), fragment=st.integers(0, 5))
def test_however_bytes_are_split_every_ping_is_answered_in_order(
    server: Running, said: list[tuple[Opcode, bytes]], cuts: list[int], fragment: int
) -> None:
    wire = b""
    for opcode, data in said:
        if opcode in {Opcode.TEXT, Opcode.BINARY} and fragment and len(data) > fragment:
            wire += frame(opcode, data[:fragment], fin=False) + frame(Opcode.CONT, data[fragment:])
        else:
            wire += frame(opcode, data)
    wire += frame(Opcode.CLOSE, Close(1000, "").serialize())
    raw = Raw(server, after=10**9).shake()
    with closing(raw.socket):
        start = 0
        for end in sorted({min(cut, len(wire)) for cut in cuts} | {len(wire)}):
            raw.socket.sendall(wire[start:end])
            start = end
        heard = [found for found in raw.frames() if found[0] in {Opcode.PONG, Opcode.CLOSE}]
    pings = [(Opcode.PONG, data) for opcode, data in said if opcode is Opcode.PING]
    assert heard == [*pings, (Opcode.CLOSE, Close(1000, "").serialize())]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(min_size=1, max_size=400))
def test_noise_never_breaks_the_server(server: Running, noise: bytes) -> None:
    raw = Raw(server, after=10**9).shake()
    with closing(raw.socket):
        raw.socket.sendall(noise)
    with listen(server, after=10**9) as opened:
        assert "cursor" in told(opened)


def test_one_that_reads_nothing_is_cut_off_and_comes_back_to_all_it_missed(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "STALLED", 0.5)
    stood = stands_at(server)
    lazy = socket.socket()
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    lazy.connect(("127.0.0.1", int(server.url.rpartition(":")[2])))
    raw = Raw(server, after=stood)
    raw.socket.close()
    lazy.sendall(raw.request)
    with listen(server, after=stood) as quick:
        wanted = [shows(server, f"number {n} " + "long words " * 900) for n in range(60)]
        seen: set[int] = set()
        deadline = time.monotonic() + 20
        while seen < set(wanted) and time.monotonic() < deadline:
            content = told(quick).get("content", "")
            seen |= {post_id for post_id in wanted if f'id="post-{post_id}"' in content}
    # The others are told everything meanwhile.
    assert seen == set(wanted)
    time.sleep(1.5)
    with closing(lazy):
        lazy.settimeout(5)
        heard = b""
        while piece := _read(lazy):
            heard += piece
    assert f'id=\\"post-{wanted[-1]}\\"'.encode() not in heard
    with listen(server, after=stood, max_size=None) as back:
        content = ""
        while f'id="post-{wanted[-1]}"' not in content:
            content += told(back).get("content", "")


def _read(opened: socket.socket) -> bytes:
    try:
        return opened.recv(65536)
    except OSError:
        return b""


async def test_a_hundred_come_back_from_the_same_place_and_the_database_is_asked_once(
    threaded: ThreadedServer, server: Running
) -> None:
    from websockets.asyncio.client import connect as connect_async

    for number in range(6):
        shows(server, f"missed by all of them, {number}")
    figures = threaded.app.state.feed.figures
    before = figures.catch_ups
    url = f"{server.url.replace('http', 'ws')}/live/box10/floor?after=-1"

    async def comes_back() -> str:
        async with connect_async(url, origin=server.url) as opened:  # type: ignore[arg-type]
            told = ""
            # What one was told may be what another had asked for, and then what came after it.
            while "missed by all of them, 5" not in told:
                told += str(await opened.recv())
            return told

    async with asyncio.timeout(20):
        await asyncio.gather(*(comes_back() for _ in range(100)))
    assert figures.catch_ups - before <= 3


def test_a_server_that_stops_says_so_to_everybody(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only for tests")  # type: ignore[call-arg]
    threaded = ThreadedServer(made)
    running = threaded.start()
    with listen(running) as floor, listen(running, "wall") as wall:
        told(floor), told(wall)
        threaded.stop()
        for opened in (floor, wall):
            assert ended_with(opened) == 1012
