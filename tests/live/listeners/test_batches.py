"""Listeners that stall, fall behind and come back together."""

import asyncio
import socket
import time
from contextlib import closing

import pytest

from app.live.listeners import batches
from tests.live.listeners.listening import (
    Raw,
    listen,
    shows,
    stands_at,
    told,
)
from tests.running import Running, ThreadedServer


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
        deadline = time.monotonic() + 60
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

    async with asyncio.timeout(60):
        await asyncio.gather(*(comes_back() for _ in range(100)))
    assert figures.catch_ups - before <= 3
