"""Listeners that stall, fall behind and come back together."""

import asyncio
import socket
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
from tests.running import PATIENCE, Running, ThreadedServer
from tests.until import until_now


def test_one_that_reads_nothing_is_cut_off_and_comes_back_to_all_it_missed(
    threaded: ThreadedServer, server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "STALLED", 3.0)
    stood, cut_off = stands_at(server), threaded.app.state.feed.figures.cut_off
    lazy = socket.socket()
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    lazy.connect(("127.0.0.1", int(server.url.rpartition(":")[2])))
    raw = Raw(server, after=stood)
    raw.socket.close()
    lazy.sendall(raw.request)
    wanted: list[int] = []
    with listen(server, after=stood) as quick:
        for number in range(60):
            wanted.append(shows(server, f"number {number} " + "long words " * 900))
            # The others are told everything meanwhile.
            while f'id="post-{wanted[-1]}"' not in told(quick).get("content", ""):
                pass
        until_now(lambda: threaded.app.state.feed.figures.cut_off > cut_off)
    with closing(lazy):
        lazy.settimeout(PATIENCE)
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
