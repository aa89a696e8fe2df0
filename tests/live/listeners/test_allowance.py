"""Whoever talks to a socket of ours and talks is told to go: at every screen's, before any right is known."""

import threading
import time
from contextlib import closing, suppress

import httpx2
import pytest
from websockets.frames import Opcode

from app.domain.access import Role
from app.live.listeners import allowance
from app.live.listeners.allowance import BYTES_A_LOOK, TALKATIVE
from tests.live.listeners.listening import Raw, cookie, frame
from tests.running import Running, ThreadedServer
from tests.until import PATIENCE

SCREENS = ("wall", "stage", "desk", "floor", "host", "now", "setup", "remote", "overlay")
MOST_PONGS = TALKATIVE + BYTES_A_LOOK
EMPTY_PING = frame(Opcode.PING, b"")

pytestmark = pytest.mark.usefixtures("brief")


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not answer a close is waited for a moment only."""
    monkeypatch.setattr(allowance, "GRACE", 0.1)


def opened(server: Running, view: str, cookies: str = "") -> Raw:
    raw = Raw(server)
    raw.request = raw.request.replace(b"/floor?", f"/{view}?".encode())
    raw.request = (
        raw.request.replace(b"\r\n\r\n", f"\r\nCookie: {cookies}\r\n\r\n".encode()) if cookies else raw.request
    )
    return raw.shake()


def floods(raw: Raw, kind: Opcode, times: int, together: int) -> list[tuple[int, bytes]]:
    """Send so many frames, and give what comes back until the server has had enough."""
    with closing(raw.socket):
        with suppress(OSError):
            for _ in range(max(1, times // together)):
                raw.socket.sendall(frame(kind, b"") * together)
        return list(raw.frames())


def test_these_are_all_screens(threaded: ThreadedServer) -> None:
    assert {name for name in SCREENS if threaded.app.state.context.views.knows(name)} == set(SCREENS)
    assert len(threaded.app.state.context.views) == len(SCREENS)


@pytest.mark.parametrize("together", [1, 50, 20_000])
@pytest.mark.parametrize("kind", [Opcode.PING, Opcode.TEXT, Opcode.PONG])
@pytest.mark.parametrize("view", ["floor", "now"])
def test_who_talks_and_talks_is_told_to_go_however_it_is_packed(
    server: Running, view: str, kind: Opcode, together: int
) -> None:
    """Frames count and not reads: 256 KB of empty pings in one read were a third of a second of everybody's time."""
    heard = floods(opened(server, view), kind, 5 * TALKATIVE, together)
    told = [payload[:2] for opcode, payload in heard if opcode == Opcode.CLOSE]
    assert told in ([(1008).to_bytes(2)], [])
    assert sum(opcode == Opcode.PONG for opcode, _ in heard) <= MOST_PONGS


@pytest.mark.parametrize("view", SCREENS)
@pytest.mark.parametrize("link", ["", "owner"])
def test_at_no_screen_does_anybody_get_more_answers_than_a_few(server: Running, view: str, link: str) -> None:
    """With a link or without: a screen that needs one is only closed after the handshake."""
    cookies = cookie(server, server.link(Role.OWNER)) if link else ""
    answers = []
    for size in (2_000, 20_000):
        heard = floods(opened(server, view, cookies), Opcode.PING, size, size)
        answers.append(sum(opcode == Opcode.PONG for opcode, _ in heard))
    assert max(answers) <= MOST_PONGS


@pytest.mark.parametrize("view", ["floor", "now", "desk"])
def test_twenty_times_the_flood_is_not_three_times_the_work(
    threaded: ThreadedServer, server: Running, view: str
) -> None:
    """Of the loop's own processor time, so that it does not matter who else uses the machine."""
    clock = time.pthread_getcpuclockid(threaded.thread)

    def costs(pings: int) -> float:
        began = time.clock_gettime(clock)
        floods(opened(server, view), Opcode.PING, pings, pings)
        return time.clock_gettime(clock) - began

    costs(2_000)
    few, many = (min(costs(pings) for _ in range(5)) for pings in (2_000, 40_000))
    assert many < 3 * few


@pytest.mark.parametrize("view", ["floor", "now", "desk"])
def test_the_server_is_up_while_it_is_flooded(server: Running, view: str) -> None:
    stop = threading.Event()

    def flood() -> None:
        while not stop.is_set():
            with closing(opened(server, view).socket) as wire, suppress(OSError):
                wire.sendall(EMPTY_PING * 40_000)

    flooding = threading.Thread(target=flood)
    flooding.start()
    try:
        with httpx2.Client(timeout=PATIENCE) as client:
            assert {client.get(f"{server.url}/up").status_code for _ in range(30)} == {200}
    finally:
        stop.set()
        flooding.join()


@pytest.mark.parametrize("view", ["floor", "now"])
def test_who_answers_pings_and_says_little_stays(server: Running, view: str) -> None:
    raw = opened(server, view)
    with closing(raw.socket):
        for number in range(TALKATIVE // 2):
            raw.socket.sendall(frame(Opcode.PING, str(number).encode()))
        pongs = (payload for opcode, payload in raw.frames() if opcode == Opcode.PONG)
        assert [next(pongs) for _ in range(TALKATIVE // 2)] == [
            str(number).encode() for number in range(TALKATIVE // 2)
        ]
