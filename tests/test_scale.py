"""Two processes on one PostgreSQL and one Redis: each, and both servers, may go away without taking anything along."""

import asyncio
import json
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from app.actions.access import Link
from app.actions.arrivals import receive
from app.bus.memory import MemoryBus
from app.domain.event import Event, Role
from app.queries.posts import post_by_id, shown_ids
from app.store.doors import Backchannel
from app.store.schema import migrate
from tests.conftest import incoming
from tests.pages import Page
from tests.running import ProcessServer, furnish
from tests.servers import Postgres, RedisServer, free_port

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.slow]


class Site:
    """What two machines would be: processes that share nothing but the database and the bus."""

    def __init__(self, folder: Path) -> None:
        self.postgres, self.redis = Postgres(safe=True), RedisServer()
        self.postgres.start()
        self.redis.start()
        url = f"{self.postgres.url}/postgres"
        migrate(url)
        self.doors = Backchannel(url, MemoryBus())
        self.event, _, self.links = self._furnish()
        self.processes = []
        for number in range(2):
            data = folder / str(number)
            data.mkdir()
            shared = {"DATABASE_URL": url, "BUS_URL": self.redis.url}
            self.processes.append(ProcessServer(data, free_port(), **shared))
        with ThreadPoolExecutor() as pool:
            # Together: they take turns with the migrations.
            list(pool.map(lambda process: process.start(), self.processes))
        self._numbers = iter(range(100_000))

    def _furnish(self) -> tuple[Event, Any, dict[Role, Link]]:
        return asyncio.run(furnish(self.doors))

    def arrives(self) -> int:
        number = next(self._numbers)
        post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"a{number}")
        result, _ = self.doors.writers.run(receive, (self.event.id, post), {"at": datetime.now(UTC)})
        return int(result.post_id)

    def approve(self, client: httpx2.Client, process: ProcessServer, post_id: int) -> bool:
        """Whether the approval was acknowledged."""
        headers = {"Authorization": f"Bearer {self.links[Role.MODERATOR].token}"}
        try:
            url = f"{process.url}/api/v1/posts/{post_id}/verdict"
            return client.post(url, json={"verdict": "approved"}, headers=headers).status_code == 200
        except httpx2.HTTPError:
            return False

    def ask(self, query: Callable[..., Any], *args: Any) -> Any:
        return self.doors._read(query, args, {})

    def close(self) -> None:
        for process in self.processes:
            process.kill()
        self.doors.writers.close()
        self.doors.write_engine.dispose()
        self.doors.read_engine.dispose()
        self.redis.stop()
        with suppress(Exception):
            self.postgres.stop()
        self.postgres.remove()


class Phone(threading.Thread):
    """A floor that comes back by itself, as a browser's does, with what it has been told."""

    def __init__(self, process: ProcessServer) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._page: Page | None = None
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self.told: dict[int, float] = {}

    def run(self) -> None:
        while not self._ending.is_set():
            try:
                self._listen()
            except (OSError, WebSocketException, httpx2.HTTPError, AssertionError):
                self._ending.wait(0.2)

    def _listen(self) -> None:
        if self._page is None:
            with httpx2.Client(timeout=5) as client:
                answer = client.get(f"{self._process.url}/e/box10")
            assert answer.status_code == 200
            self._page = Page.load(answer.text)
        url = f"{self._process.url.replace('http', 'ws')}/live/box10/floor?after={self._page.cursor}"
        with connect(url, origin=self._process.url, open_timeout=5) as socket:  # type: ignore[arg-type]
            while not self._ending.is_set():
                with suppress(TimeoutError):
                    message = str(socket.recv(timeout=0.5))
                    at = time.monotonic()
                    with self._lock:
                        if "content" in json.loads(message):
                            self._page.receive(message)
                        for found in re.findall(r'id="post-(\d+)"', message.replace("\\", "")):
                            self.told.setdefault(int(found), at)

    def shows(self, post_id: int, *, within: float = 20) -> float:
        """When it was told of a post, by the monotonic clock."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if post_id in self.told:
                return self.told[post_id]
            time.sleep(0.002)
        raise AssertionError(f"post {post_id} was not told within {within} s")

    def is_a_fresh_page(self) -> bool:
        with httpx2.Client(timeout=5) as client:
            fresh = Page.load(client.get(f"{self._process.url}/e/box10").text)
        with self._lock:
            assert self._page is not None
            return self._page.part("posts") == fresh.part("posts")

    def close(self) -> None:
        self._ending.set()
        self.join(5)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"))
    yield made
    made.close()


@pytest.fixture
def phones(site: Site) -> Iterator[list[Phone]]:
    opened = [Phone(process) for process in site.processes]
    for phone in opened:
        phone.start()
    yield opened
    for phone in opened:
        phone.close()


def converge(phones: list[Phone]) -> None:
    deadline = time.monotonic() + 20
    while not all(phone.is_a_fresh_page() for phone in phones):
        assert time.monotonic() < deadline, "a screen is not what a fresh page is"
        time.sleep(0.3)


def test_what_is_approved_at_one_is_on_the_screens_of_the_other_at_once(site: Site, phones: list[Phone]) -> None:
    here = site.processes[0]
    took = []
    with httpx2.Client(timeout=10) as client:
        for _ in range(12):
            post_id = site.arrives()
            time.sleep(0.1)
            asked = time.monotonic()
            assert site.approve(client, here, post_id)
            took.append(phones[1].shows(post_id) - asked)
    # Well within the second after which a process looks without having heard a bell.
    print(f"approval to the other process: median {statistics.median(took) * 1000:.0f} ms")
    assert statistics.median(took) < 0.5, took
    converge(phones)


def keep_approving(site: Site, stop: threading.Event, acknowledged: list[int]) -> None:
    """A moderator at work: whichever process answers."""
    with httpx2.Client(timeout=4) as client:
        while not stop.is_set():
            with suppress(Exception):
                post_id = site.arrives()
                if any(site.approve(client, process, post_id) for process in site.processes):
                    acknowledged.append(post_id)
            stop.wait(0.05)


def while_working(site: Site, trouble: Callable[[], None]) -> list[int]:
    """The posts whose approval was acknowledged before, during and after a trouble."""
    stop: threading.Event = threading.Event()
    acknowledged: list[int] = []
    worker = threading.Thread(target=keep_approving, args=(site, stop, acknowledged))
    worker.start()
    try:
        time.sleep(1)
        before = len(acknowledged)
        trouble()
        after = len(acknowledged)
        deadline = time.monotonic() + 20
        while len(acknowledged) < after + 10 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert before > 0
        assert len(acknowledged) >= after + 10, "the work did not go on"
    finally:
        stop.set()
        worker.join(20)
    return acknowledged


def nothing_is_lost(site: Site, acknowledged: list[int], phones: list[Phone]) -> None:
    shown = set(site.ask(shown_ids, site.event, 10_000))
    assert set(acknowledged) <= shown
    assert all(site.ask(post_by_id, post_id).verdict == "approved" for post_id in acknowledged)
    for phone in phones:
        phone.shows(acknowledged[-1])
    converge(phones)


def test_killing_one_process_loses_nothing(site: Site, phones: list[Phone]) -> None:
    def kill() -> None:
        site.processes[0].kill()
        time.sleep(3)
        site.processes[0].start()

    nothing_is_lost(site, while_working(site, kill), phones)


def test_ten_seconds_without_redis_lose_nothing(site: Site, phones: list[Phone]) -> None:
    def without_redis() -> None:
        site.redis.stop()
        time.sleep(10)
        site.redis.start()

    nothing_is_lost(site, while_working(site, without_redis), phones)


def test_ten_seconds_without_postgresql_lose_nothing(site: Site, phones: list[Phone]) -> None:
    def without_postgresql() -> None:
        site.postgres.stop()
        time.sleep(10)
        site.postgres.start()

    nothing_is_lost(site, while_working(site, without_postgresql), phones)
    # The processes are the same ones: none was ended by it.
    assert [process.is_running() for process in site.processes] == [True, True]
