"""A link that is revoked while its socket is being opened opens nothing, wherever the opening stands at that moment."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed

from app.actions.links import Link, give_link, revoke_link
from app.domain.access import Role
from app.domain.event import Event
from app.live.admission import Admission
from app.live.feed import Feed
from app.live.listeners.handshake import Handshake
from app.live.subscription import Closed, Code, Subscription
from app.main import create_app
from app.queries.events import cursor_of
from app.serving import listen, uvicorn_config
from app.settings import Settings
from app.views.context import Context
from app.views.cookies import holder
from tests.databases import lay_down
from tests.running import furnish
from tests.until import until

ROLES = {"wall": Role.SCREEN, "desk": Role.MODERATOR}
LOOKS = range(4)
"""An opening looks into the database so many times at most: for the event, its cursor, the link, what was missed."""


class Server:
    """The whole program in this loop, so that a test can stop it at any of its looks into the database."""

    def __init__(self, app: FastAPI, event: Event) -> None:
        self.context: Context = app.state.context
        self.feed: Feed = app.state.feed
        self.admission: Admission = app.state.gate.admission
        self.url, self.event = self.context.settings.public_url, event
        self._ask = self.context.backchannel.ask
        self._holds: Callable[[Any], bool] = lambda _query: False
        self.held, self.go_on = asyncio.Event(), asyncio.Event()
        self.context.backchannel.ask = self._look  # type: ignore[method-assign]

    def hold(self, which: Callable[[Any], bool]) -> None:
        """Stop at the next look that is one of these, once: it has read, and what it found is not yet known."""
        self._holds = which

    async def link(self, role: Role) -> Link:
        return await self.context.backchannel.do(give_link, self.event.id, role, at=datetime.now(UTC))

    async def revoke(self, link: Link) -> None:
        """Revoke a link, and wait until this process has read that line of the log."""
        await self.context.backchannel.do(revoke_link, link.access.id, at=datetime.now(UTC))
        cursor = await self._ask(cursor_of, self.event.id)
        await until(lambda: (following := self.feed.followed(self.event.id)) is None or following.cursor >= cursor)

    async def cookie(self, link: Link, view: str) -> str:
        async with httpx2.AsyncClient(verify=False, base_url=self.url) as client:
            await client.get(f"/e/box10/{view}?key={link.token}")
            return "; ".join(f"{name}={value}" for name, value in client.cookies.items())

    def listen(self, view: str, cookie: str = "", after: int = 0) -> connect:
        url = f"{self.url.replace('http', 'ws')}/live/box10/{view}?after={after}"
        return connect(url, origin=self.url, additional_headers={"Cookie": cookie})  # type: ignore[arg-type]

    async def _look(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        found = await self._ask(query, *args, **kwargs)
        if self._holds(query):
            self._holds = lambda _query: False
            self.held.set()
            await self.go_on.wait()
        return found


@pytest.fixture
async def server(tmp_path: Any) -> AsyncIterator[Server]:
    settings = Settings(
        _env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", log_level="warning"
    )  # type: ignore[call-arg]
    listening = listen("127.0.0.1", 0)
    settings.public_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    lay_down(settings.data_dir)
    app = create_app(settings, on_failure=lambda: None, by_itself=False)
    async with running(uvicorn.Server(uvicorn_config(app, settings)), listening):
        event, _, _ = await furnish(app.state.context.backchannel)
        yield Server(app, event)


@asynccontextmanager
async def running(server: uvicorn.Server, listening: Any) -> AsyncIterator[None]:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await until(lambda: server.started)
    yield
    server.should_exit = True
    await serving


async def ended_with(socket: ClientConnection) -> int | None:
    """The code of its end, whatever it was told before; None if it stays open."""
    try:
        async with asyncio.timeout(5):
            while True:
                await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd is not None else 1006
    except TimeoutError:
        return None


@pytest.mark.parametrize("followed", [True, False], ids=["others are here", "nobody is here yet"])
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("view", ROLES)
async def test_a_link_revoked_while_its_socket_is_being_opened_opens_nothing(
    server: Server, view: str, look: int, followed: bool
) -> None:
    link = await server.link(ROLES[view])
    cookie, after = await server.cookie(link, view), 0
    if followed:  # then what it missed is in memory, and it is let in without being caught up
        await server.feed.join(server.event.id, view, 0, access_id=None)
        after = await server.context.backchannel.ask(cursor_of, server.event.id)
    looks = iter(range(100))
    server.hold(lambda query: query != server.feed._read and next(looks) == look)
    opening = asyncio.create_task(server.listen(view, cookie, after).__aenter__())
    holding = asyncio.create_task(server.held.wait())
    await asyncio.wait({holding, opening}, return_when=asyncio.FIRST_COMPLETED)
    await server.revoke(link)
    server.go_on.set()
    assert await ended_with(await opening) == Code.REVOKED
    holding.cancel()


async def test_who_is_let_in_while_the_log_is_read_for_others_is_looked_at_afterwards(server: Server) -> None:
    link, other = await server.link(Role.MODERATOR), await server.link(Role.MODERATOR)
    await server.feed.join(server.event.id, "desk", 0, access_id=other.access.id)
    server.hold(lambda query: query == server.feed._read)
    await server.context.backchannel.do(revoke_link, link.access.id, at=datetime.now(UTC))
    await server.held.wait()
    # The log was read for those who were here; the line is not handed out yet.
    late = await server.feed.join(server.event.id, "desk", 0, access_id=link.access.id)
    server.go_on.set()
    with pytest.raises(Closed) as closed:
        await all_that_is_told(late)
    assert closed.value.code == Code.REVOKED


async def test_a_link_that_was_looked_up_before_it_was_revoked_is_not_remembered(server: Server) -> None:
    link = await server.link(Role.SCREEN)
    cookie = await server.cookie(link, "wall")
    headers = Headers({"Cookie": cookie, "Origin": server.url})
    handshake = Handshake(0, headers, b"")
    async with server.listen("floor"):
        server.hold(lambda query: query is holder)
        asking = asyncio.create_task(server.admission.ask(handshake, "box10", "wall"))
        await server.held.wait()
        await server.revoke(link)
        server.go_on.set()
        assert not (await asking).holds()
        assert server.admission.at_once(handshake, "box10", "wall") is None
        assert not (await server.admission.ask(handshake, "box10", "wall")).may


async def all_that_is_told(reader: Subscription) -> None:
    async with asyncio.timeout(5):
        while True:
            await reader.next()
