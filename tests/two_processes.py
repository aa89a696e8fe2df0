"""Two processes on one PostgreSQL and one Redis, with phones at both."""

import asyncio
import json
import re
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

from app.actions.arrivals import receive
from app.actions.links import Link
from app.bus.memory import MemoryBus
from app.domain.access import Role
from app.domain.event import Event
from app.store.doors import Backchannel
from app.store.schema import migrate
from tests.conftest import incoming
from tests.pages import Page
from tests.running import ProcessServer, furnish
from tests.servers import Postgres, RedisServer, free_port
from tests.until import until_now

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
            with httpx2.Client(verify=False, timeout=5) as client:
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

    def shows(self, post_id: int) -> float:
        """When it was told of a post, by the monotonic clock."""
        until_now(lambda: post_id in self.told)
        return self.told[post_id]

    def is_a_fresh_page(self) -> bool:
        with httpx2.Client(verify=False, timeout=5) as client:
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
