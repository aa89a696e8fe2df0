"""Killed in the middle of everything: whatever was acknowledged is there again."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from sqlmodel import Session, col, func, select

from app.bus.memory import MemoryBus
from app.domain.access import Role
from app.domain.event import Event
from app.domain.post import Post
from app.domain.publication import Publication
from app.store.doors import Backchannel
from app.views.link_urls import PAGES
from tests.databases import lay_down
from tests.running import ProcessServer, furnish

PHONES = 6


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[tuple[ProcessServer, str, str]]:
    """A server of its own with an event; gives its moderator's link and the database."""
    url = lay_down(tmp_path)

    async def prepare() -> str:
        doors = Backchannel(url, MemoryBus())
        event, _, links = await furnish(doors)
        await doors.close()
        return f"/e/{event.slug}{PAGES[Role.MODERATOR]}?key={links[Role.MODERATOR].token}"

    link = asyncio.run(prepare())
    server = ProcessServer(tmp_path, free_port())
    server.start()
    yield server, link, url
    server.stop()


async def hammer(server: ProcessServer, link: str, round_: int) -> tuple[set[str], set[int]]:
    """Phones post and a moderator approves until the server is gone; gives what was acknowledged."""
    posted: set[str] = set()
    approved: set[int] = set()
    origin = {"Origin": server.url, "Accept": "application/json"}

    async def phone(number: int) -> None:
        async with httpx2.AsyncClient(verify=False, base_url=server.url, headers=origin, timeout=5) as client:
            await client.get("/e/box10")
            for count in range(4):
                key = f"r{round_}p{number}c{count}"
                answer = await client.post(
                    "/e/box10/posts", data={"text": f"words of {key}", "kind": "post", "key": key}
                )
                if answer.status_code == 201:
                    posted.add(f"words of {key}")

    async def moderator() -> None:
        async with httpx2.AsyncClient(
            verify=False, base_url=server.url, headers=origin, timeout=5, follow_redirects=True
        ) as client:
            await client.get(link)
            for post_id in range(1, 400):
                answer = await client.post(f"/posts/{post_id}/approval")
                if answer.status_code == 200:
                    approved.add(post_id)
                elif answer.status_code == 404:
                    await asyncio.sleep(0.01)

    workers = [asyncio.create_task(phone(number)) for number in range(PHONES)]
    workers.append(asyncio.create_task(moderator()))
    while len(posted) < PHONES * 2:
        await asyncio.sleep(0.005)
        assert any(not worker.done() for worker in workers), "the load ended before the kill"
    await asyncio.to_thread(server.kill)
    await asyncio.gather(*workers, return_exceptions=True)
    return posted, approved


def test_a_killed_server_finds_every_acknowledged_post_and_decision_again(
    killed: tuple[ProcessServer, str, str],
) -> None:
    server, link, url = killed
    posted: set[str] = set()
    approved: set[int] = set()
    for round_ in range(3):
        new_posts, new_approvals = asyncio.run(hammer(server, link, round_))
        posted |= new_posts
        approved |= new_approvals
        server.start()
    assert len(posted) >= 3 * PHONES
    assert approved
    engine = Backchannel(url, MemoryBus()).read_engine
    with Session(engine) as db:
        texts = list(db.exec(select(Post.text)))
        assert posted <= set(texts)
        assert len(texts) == len(set(texts)), "something was stored twice"
        shown = set(db.exec(select(Post.id).where(Post.verdict == "approved")))
        assert approved <= shown
        event = db.exec(select(Event)).one()
        cursors = list(db.exec(select(Publication.cursor).order_by(col(Publication.cursor))))
        assert cursors == list(range(1, event.cursor + 1)), "the log has a gap"
        assert db.exec(select(func.count()).select_from(Publication)).one() == event.cursor
    engine.dispose()
