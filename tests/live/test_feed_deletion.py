"""An event is deleted under open screens: they end, the server and every other event go on."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from app.actions.arrivals import receive
from app.actions.event_deletion import delete_event
from app.actions.event_states import close_event
from app.actions.events import create_event
from app.actions.verdicts import approve
from app.domain.event import Event
from app.live.feed import Feed
from app.live.subscription import Closed, Code, Subscription
from app.queries.events import EventGone
from app.settings import Settings
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming
from tests.live.test_feed import feed, shows
from tests.running import Running, ThreadedServer
from tests.until import PATIENCE, until

__all__ = ["feed"]


@pytest.fixture
def threaded(tmp_path_factory: pytest.TempPathFactory) -> ThreadedServer:
    made = Settings(
        _env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )  # type: ignore[call-arg]
    return ThreadedServer(made)


def now() -> datetime:
    return datetime.now(UTC)


def listen(server: Running, slug: str) -> ClientConnection:
    url = server.url.replace("http", "ws") + f"/live/{slug}/floor?after=0"
    return connect(url, origin=server.url)  # type: ignore[arg-type]


def approved(server: Running, event: Event, words: str) -> None:
    post = incoming(words, ref=words, by=words[:5])
    server.do(approve, server.do(receive, event.id, post, at=now()).post_id, by=ASHA, at=now())


def until_told(socket: ClientConnection, words: str) -> None:
    while words not in json.loads(socket.recv(timeout=PATIENCE)).get("content", ""):
        pass


def drain(socket: ClientConnection) -> None:
    while True:
        socket.recv(timeout=PATIENCE)


async def read_on(reader: Subscription) -> None:
    while True:
        await reader.next()


def test_the_server_goes_on_and_only_the_screens_of_the_event_end(threaded: ThreadedServer) -> None:
    server = threaded.start()
    gone = server.do(create_event, "gone26", name="Gone", hashtags=["gone26"], at=now())
    with listen(server, "box10") as theirs:
        with listen(server, "gone26") as ours:
            server.do(close_event, gone.id, at=now())
            server.do(delete_event, gone.id, at=now())
            with pytest.raises(ConnectionClosed) as closed:
                drain(ours)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == Code.GONE
        other = server.do(create_event, "next26", name="Next", hashtags=["next26"], at=now())
        assert other.id > gone.id
        with pytest.raises(InvalidStatus, match="404"), listen(server, "gone26"):
            pass
        with listen(server, "next26") as its:
            approved(server, other, "this is of the next event")
            until_told(its, "this is of the next event")
        approved(server, server.event, "another event goes on")
        until_told(theirs, "another event goes on")
    threaded.stop()
    assert not threaded.failed


async def test_nothing_of_an_event_serves_the_next_one(doors: Backchannel, feed: Feed, event: Event) -> None:
    old = await doors.do(create_event, "gone26", name="Gone", hashtags=["gone26"], at=NOON)
    running = asyncio.create_task(feed.run())
    reader = await feed.join(old.id, "floor", 0, access_id=None)
    before = feed.followed(old.id)
    assert before is not None
    await doors.do(close_event, old.id, at=NOON)
    await doors.do(delete_event, old.id, at=NOON)
    later = now()
    new = await doors.do(create_event, "next26", name="Next", hashtags=["next26"], at=later)
    assert new.id > old.id
    after = await feed.follow(new.id, new.created_at)
    assert after is not before
    await until(lambda: before.gone)
    assert not before.everybody.holds()
    with pytest.raises(Closed):
        await read_on(reader)
    await shows(doors, new, 1)
    fresh = await feed.join(new.id, "floor", 0, access_id=None)
    await fresh.next()
    assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_whoever_comes_back_to_a_deleted_event_is_told_so(doors: Backchannel, feed: Feed) -> None:
    with pytest.raises(EventGone):
        await feed.join(4711, "floor", 0, access_id=None)
    old = await doors.do(create_event, "gone26", name="Gone", hashtags=["gone26"], at=NOON)
    await feed.follow(old.id)
    await doors.do(close_event, old.id, at=NOON)
    await doors.do(delete_event, old.id, at=NOON)
    with pytest.raises(EventGone):
        await feed.join(old.id, "floor", 0, access_id=None)
    await until(lambda: feed.followed(old.id) is None)
