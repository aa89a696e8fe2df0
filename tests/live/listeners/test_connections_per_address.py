"""One address may have the connections of a hall, and others get in beside it."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from app.live.listeners.connections_per_address import Ceiling
from app.settings import Settings
from tests.live.listeners.listening import Raw
from tests.running import Running, ThreadedServer
from tests.until import PATIENCE, until_now

MOST = 12


def test_places_are_counted_for_each_address_and_given_back_once() -> None:
    ceiling = Ceiling(2, 0)
    first, second = ceiling.admit("a"), ceiling.admit("a")
    assert first is not None
    assert second is not None
    assert (ceiling.admit("a"), ceiling.refused) == (None, 1)
    assert ceiling.admit("b") is not None
    first.leave(), first.leave()
    assert ceiling.admit("a") is not None
    assert ceiling.admit("a") is None


@pytest.fixture(params=[0, 1], ids=["in the open", "behind a proxy"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Running, int]]:
    made = Settings(
        _env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3",
        connections_per_address=MOST, trust_proxy=request.param,
    )  # type: ignore[call-arg]  # fmt: skip
    server = ThreadedServer(made)
    yield server.start(), request.param
    server.stop()


@pytest.mark.parametrize("view", ["floor", "now"])
def test_one_socket_too_many_is_turned_away_until_another_leaves(small: tuple[Running, int], view: str) -> None:
    running, hops = small

    def comes(address: str = "198.51.100.7") -> Raw:
        raw = Raw(running)
        raw.request = raw.request.replace(b"/floor?", f"/{view}?".encode())
        raw.request = raw.request.replace(b"\r\n\r\n", f"\r\nX-Forwarded-For: 203.0.113.1, {address}\r\n\r\n".encode())
        return raw

    def gets_in(raw: Raw) -> bool:
        try:
            return b" 101 " in raw.shake().answer
        except (EOFError, ConnectionError):
            return False

    with ExitStack() as stack:
        sockets = []
        while gets_in(raw := comes()):
            sockets.append(stack.enter_context(closing(raw.socket)))
            assert len(sockets) <= MOST
        raw.socket.close()
        assert len(sockets) == MOST
        if hops:
            assert b" 429 " in raw.heard + getattr(raw, "answer", b"")
            with closing(comes("198.51.100.8").shake().socket):
                pass
        sockets.pop().close()
        until_now(lambda: gets_in(comes()))


def test_requests_give_their_places_back(small: tuple[Running, int]) -> None:
    running, _ = small
    port = int(running.url.rpartition(":")[2])
    for _ in range(5 * MOST):
        with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as wire:
            wire.sendall(b"GET /up HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            heard = b""
            while data := wire.recv(65_536):
                heard += data
            assert b" 200 OK" in heard
