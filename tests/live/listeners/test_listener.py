"""Sockets that only listen keep to the protocol, whoever is at the other end."""

from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode

from app.live.listeners.allowance import LARGEST_FRAME
from app.settings import Settings
from tests.live.listeners.listening import Raw, ended_with, frame, listen, told
from tests.running import Running, ThreadedServer


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
        (frame(Opcode.TEXT, b"x" * (LARGEST_FRAME + 1)), 1009),
        (frame(Opcode.TEXT, b"a", fin=False) + frame(Opcode.TEXT, b"b"), 1002),
        (frame(Opcode.CONT, b"out of nothing"), 1002),
        (Frame(Opcode.TEXT, b"not masked").serialize(mask=False), 1002),
        (b"\x83\x80\x00\x00\x00\x00", 1002),
        (b"\xc1\x80\x00\x00\x00\x00", 1002),
        (b"\x89\xfe\x00\x80\x00\x00\x00\x00" + b"x" * 128, 1002),
    ],
    ids=[
        "no words",
        "half a letter",
        "too long",
        "two at once",
        "goes on",
        "bare",
        "no opcode",
        "reserved",
        "long ping",
    ],
)
def test_what_the_protocol_forbids_ends_the_connection_and_says_why(server: Running, data: bytes, code: int) -> None:
    raw = Raw(server).shake()
    raw.socket.sendall(data)
    assert raw.closed_with() == code


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


def test_a_server_that_stops_says_so_to_everybody(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = Settings(
        _env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )  # type: ignore[call-arg]
    threaded = ThreadedServer(made)
    running = threaded.start()
    with listen(running) as floor, listen(running, "wall") as wall:
        told(floor), told(wall)
        threaded.stop()
        for opened in (floor, wall):
            assert ended_with(opened) == 1012
