"""Sockets: who may listen, how one comes back, and what happens to those who do not read."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from app.actions.arrivals import receive
from app.actions.change_log import trim_log
from app.actions.links import revoke_link
from app.actions.verdicts import approve
from app.domain.access import Role
from app.live import subscription
from app.settings import Settings
from tests.conftest import ASHA, incoming
from tests.running import Running, ThreadedServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    made = Settings(
        _env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )  # type: ignore[call-arg]
    threaded = ThreadedServer(made)
    yield threaded.start()
    threaded.stop()


def now() -> datetime:
    return datetime.now(UTC)


_numbers = iter(range(10_000))


def shows(server: Running, words: str = "") -> int:
    number = next(_numbers)
    post = incoming(words or f"something worth saying, number {number}", ref=f"feed-{number}", by=f"a{number}")
    post_id = server.do(receive, server.event.id, post, at=now()).post_id
    server.do(approve, post_id, by=ASHA, at=now())
    return int(post_id)


def listen(
    server: Running, view: str = "floor", after: int = 0, role: Role | None = None, **more: Any
) -> ClientConnection:
    headers = dict(more.pop("additional_headers", {}))
    if role is not None:
        with httpx2.Client(verify=False, follow_redirects=True) as client:
            client.get(server.link(role))
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    url = server.url.replace("http", "ws") + f"/live/box10/{view}?after={after}"
    return connect(url, **{"origin": server.url, "additional_headers": headers, **more})


def told(socket: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(socket.recv(timeout=60))
    return message


def told_until(socket: ClientConnection, words: str) -> str:
    """All that is told until these words are."""
    content = ""
    while words not in content:
        content += told(socket).get("content", "")
    return content


def drain(socket: ClientConnection) -> None:
    while True:
        socket.recv(timeout=60)


def cursor(server: Running) -> int:
    with listen(server, after=10**9) as socket:
        return int(told(socket)["cursor"])


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example", "null"])
def test_a_page_of_another_site_may_not_listen(server: Running, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        listen(server, origin=origin)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("path", ["/live/nowhere/floor", "/live/box10/cellar"])
def test_there_is_nothing_to_follow_at_an_unknown_address(server: Running, path: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(server.url.replace("http", "ws") + path, origin=server.url)
    assert refused.value.response.status_code == 404


@pytest.mark.parametrize("view", ["desk", "wall", "stage", "setup"])
def test_a_screen_that_needs_a_link_tells_nothing_without_one(server: Running, view: str) -> None:
    with listen(server, view) as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=60)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == subscription.Code.REVOKED


def test_the_speakers_link_does_not_open_the_desk(server: Running) -> None:
    with listen(server, "desk", role=Role.SPEAKER) as socket, pytest.raises(ConnectionClosed):
        socket.recv(timeout=60)
    with listen(server, "stage", role=Role.SPEAKER) as socket:
        assert "cursor" in told(socket) or "tick" in told(socket)


def test_a_reader_that_comes_back_is_told_exactly_what_it_missed(server: Running) -> None:
    first = shows(server)
    at = cursor(server)
    second = shows(server)
    with listen(server, after=at) as socket:
        content = told_until(socket, f'id="post-{second}"')
    assert f'id="post-{first}"' not in content


@pytest.mark.parametrize("after", [-1, 10**9])
def test_a_cursor_that_cannot_be_ours_gets_the_whole_list(server: Running, after: int) -> None:
    shows(server)
    with listen(server, after=after) as socket:
        assert 'hx-swap="innerMorph"' in told(socket)["content"]


def test_a_reader_behind_the_trimmed_log_gets_the_whole_list(server: Running) -> None:
    at = cursor(server)
    for _ in range(4):
        shows(server)
    server.do(trim_log, server.event.id, keep=2)
    # Nobody follows the wall yet, so nothing of it is in memory.
    with listen(server, "wall", after=at, role=Role.SCREEN) as socket:
        assert 'hx-target="#posts" hx-swap="innerMorph"' in told(socket)["content"]


def test_a_lost_bell_is_made_good_within_a_second_or_so(server: Running, tmp_path: Path) -> None:
    from app.bus.memory import MemoryBus
    from app.store.doors import Backchannel

    with listen(server, after=cursor(server)) as socket:
        told(socket)
        # Another process writes: its bell rings on a bus that nobody here hears.
        other = Backchannel(server.settings.database, MemoryBus())
        number = next(_numbers)
        post = incoming(f"written by another process {number}", ref=f"feed-{number}", by=f"a{number}")
        result, _ = other.writers.run(receive, (server.event.id, post), {"at": now()})
        other.writers.run(approve, (result.post_id,), {"by": ASHA, "at": now()})
        told_until(socket, f'id="post-{result.post_id}"')
        other.write_engine.dispose()
        other.read_engine.dispose()


def test_revoking_a_link_closes_its_open_sockets_at_once(server: Running) -> None:
    from app.actions.links import give_link

    link = server.do(give_link, server.event.id, Role.MODERATOR, at=now())
    with httpx2.Client(verify=False) as client:
        client.get(f"{server.url}/e/box10/desk?key={link.token}")
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in client.cookies.items())}
    with listen(server, "desk", additional_headers=headers) as socket:
        told(socket)
        server.do(revoke_link, link.access.id, at=now())
        with pytest.raises(ConnectionClosed) as closed:
            drain(socket)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == subscription.Code.REVOKED
    with httpx2.Client(verify=False, headers=headers) as client:
        assert client.get(f"{server.url}/e/box10/desk").status_code == 403


def test_messages_come_in_order_and_none_twice_while_others_write(server: Running) -> None:
    with listen(server, after=cursor(server)) as socket:
        told(socket)
        wanted = [shows(server) for _ in range(25)]
        cursors: list[int] = []
        seen: list[str] = []
        while not {f"post-{post_id}" for post_id in wanted} <= set(seen):
            message = told(socket)
            if "content" in message:
                cursors.append(message["cursor"])
                seen += [f"post-{one}" for one in wanted if f'id="post-{one}"' in message["content"]]
        assert cursors == sorted(set(cursors))
        assert len(seen) == len(wanted)
