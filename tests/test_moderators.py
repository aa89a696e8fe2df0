"""Three moderators work through a long queue over HTTP, at once: none lost, none decided twice, each conflict told."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from sqlmodel import Session, col, func, select

from app.actions.arrivals import receive_many
from app.actions.links import give_link
from app.domain.access import Role
from app.domain.decision import SCREENING, Decision
from app.domain.post import Post
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.settings import Settings
from tests.conftest import incoming
from tests.proxy import Network
from tests.running import Running, ThreadedServer

POSTS = 240
BATCH = 80
HANDS = 6
CHOICES = ("approved", "rejected", "stashed")
NAMES = ("Asha", "Ben", "Carys")


@dataclass
class Told:
    """What one moderator was told: verdicts that count, and conflicts by post with the words."""

    won: dict[int, str] = field(default_factory=dict)
    lost: dict[int, str] = field(default_factory=dict)
    taken: int = 0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    threaded = ThreadedServer(
        Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")
    )  # type: ignore[call-arg]
    yield threaded.start()
    threaded.stop()


def arrive(server: Running) -> None:
    now = datetime.now(UTC)
    for first in range(0, POSTS, BATCH):
        calls = [
            (
                (
                    server.event.id,
                    incoming(f"something worth saying, number {n}", ref=str(n), by=f"author_{n % 97}"),
                ),
                {"at": now},
            )
            for n in range(first, first + BATCH)
        ]
        server.do(receive_many, calls)


def keys(server: Running) -> list[str]:
    now = datetime.now(UTC)
    return [server.do(give_link, server.event.id, Role.MODERATOR, at=now, label=name).token for name in NAMES]


async def moderate(url: str, key: str, seed: int) -> Told:
    """Take what comes first, claim it, decide it; go on until nothing waits. A request that is cut is sent again."""
    told, dice = Told(), random.Random(seed)
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(base_url=f"{url}/api/v1", headers=headers, timeout=5) as client:
        while waiting := (await ask(client, "GET", "/posts?limit=90")).json():
            chosen = dice.sample(waiting, min(30, len(waiting)))
            # As on the desk, nobody waits for one answer before the next key.
            for first in range(0, len(chosen), HANDS):
                await asyncio.gather(
                    *(claim_and_decide(client, post, seed, dice, told) for post in chosen[first : first + HANDS])
                )
    return told


async def claim_and_decide(
    client: httpx2.AsyncClient, post: dict[str, object], seed: int, dice: random.Random, told: Told
) -> None:
    """A hurried person: does not always wait for the claim."""
    if dice.random() < 0.3:
        claim = await ask(client, "POST", "/seat", json={"tab": f"tab of {seed}", "post_id": post["id"]})
        if claim.json()["taken_by"]:
            told.taken += 1
            return
    await decide(client, post, dice.choice(CHOICES), told)


async def decide(client: httpx2.AsyncClient, post: dict[str, object], verdict: str, told: Told) -> None:
    number = int(str(post["id"]))
    seen = {"verdict": verdict, "seen": post["verdict"], "version": post["version"]}
    answer = await ask(client, "POST", f"/posts/{number}/verdict", json=seen)
    if answer.status_code == 409:
        told.lost[number] = answer.json()["detail"]
    else:
        assert answer.status_code == 200, answer.text
        told.won[number] = answer.json()["decided_by"]


async def ask(client: httpx2.AsyncClient, method: str, path: str, **more: object) -> httpx2.Response:
    for _ in range(60):
        try:
            return await client.request(method, path, **more)  # type: ignore[arg-type]
        except httpx2.TransportError:
            await asyncio.sleep(0.1)
    raise AssertionError("the server did not come back")


def counted(server: Running) -> tuple[Counter[str], list[int], dict[int, str]]:
    """Posts by verdict, posts with more or fewer decisions of people than one, and who decided each."""

    def look(db: Session) -> tuple[Counter[str], list[int], dict[int, str]]:
        verdicts = Counter(verdict.value for verdict in db.exec(select(Post.verdict)))
        by_people = (
            select(Decision.subject_id, func.count())
            .where(Decision.subject == Subject.POST, col(Decision.by) != SCREENING)
            .group_by(col(Decision.subject_id))
        )
        times = dict(db.exec(by_people).all())
        strange = [post_id for post_id in db.exec(select(Post.id)) if times.get(post_id) != 1]
        by = dict(db.exec(select(Post.id, Post.decided_by)).all())
        return verdicts, strange, by

    return server.do(look)


def nothing_lost_nothing_twice_every_conflict_told(server: Running, told: list[Told]) -> None:
    verdicts, strange, by = counted(server)
    assert verdicts[Verdict.HELD.value] == 0
    assert verdicts.total() == POSTS
    assert strange == []
    for name, one in zip(NAMES, told, strict=True):
        # Whoever was told "done" reads whose verdict stands, and whoever was told "too late" reads who was quicker.
        assert all(by[post_id] == decided_by for post_id, decided_by in one.won.items())
        assert all(words.startswith(f"{by[post_id]} was quicker") for post_id, words in one.lost.items())
        assert name not in {by[post_id] for post_id in one.lost}
    assert (
        sum(sum(decided_by == name for decided_by in one.won.values()) for name, one in zip(NAMES, told, strict=True))
        == POSTS
    )
    assert sum(len(one.lost) for one in told) > 0, "there was no conflict, so this test has shown nothing"


async def test_three_moderators_at_once(server: Running) -> None:
    arrive(server)
    told = await asyncio.gather(*(moderate(server.url, key, n) for n, key in enumerate(keys(server))))
    nothing_lost_nothing_twice_every_conflict_told(server, told)


async def test_three_moderators_of_whom_one_is_cut_off_again_and_again(server: Running) -> None:
    arrive(server)
    network = Network(int(server.url.rsplit(":", 1)[1]))
    try:
        urls = [server.url, server.url, network.url]
        work = asyncio.gather(
            *(moderate(url, key, n) for n, (url, key) in enumerate(zip(urls, keys(server), strict=True)))
        )
        cuts = 0
        while not work.done():
            await asyncio.sleep(0.4)
            network.set("cut")
            await asyncio.sleep(0.15)
            network.set("open")
            cuts += 1
        told = await work
    finally:
        network.stop()
    assert cuts > 2
    nothing_lost_nothing_twice_every_conflict_told(server, told)
