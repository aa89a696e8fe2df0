"""Handshakes of sockets that only listen: who is let in, and what is refused."""

import socket
import struct
from contextlib import closing
from datetime import UTC, datetime

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.links import give_link, revoke_link
from app.domain.access import Role
from tests.conftest import incoming
from tests.live.listeners.listening import VIEWS, Raw, cookie, ended_with, listen, shows, stands_at, told
from tests.running import Running, ThreadedServer
from tests.until import until_now


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
    until_now(lambda: not listening())
    for _ in range(30):
        raw = Raw(server, after=-1)
        raw.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raw.socket.sendall(raw.request)
        raw.socket.close()
    # One that came after them has been answered, so all of them have been looked at.
    stands_at(server)
    until_now(lambda: not listening() and not threaded.app.state.gate.waiting)


@pytest.mark.parametrize("pieces", [1, 2, 7, 40])
def test_a_handshake_may_come_in_pieces(server: Running, pieces: int) -> None:
    with closing(Raw(server).shake(pieces).socket):
        pass
