"""The server is killed and started again: the picture stays, nothing is lost, nothing comes twice."""

import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.bus.memory import MemoryBus
from app.domain.access import Role
from app.store.doors import Backchannel
from app.views.link_urls import PAGES
from tests.browser.conftest import SIZES
from tests.browser.test_outage import shows_exactly
from tests.conftest import ASHA, incoming
from tests.databases import lay_down
from tests.proxy import Network
from tests.running import PATIENCE, ProcessServer, furnish


class Venue:
    """A server process, and people in browsers who reach it at one address over all its lives."""

    def __init__(self, data: Path, browser: Browser) -> None:
        self.doors = Backchannel(lay_down(data), MemoryBus())
        # In a thread of its own: the browser's driver keeps an event loop in this one.
        with ThreadPoolExecutor(1) as thread:
            self.event, self.talk, self.links = thread.submit(asyncio.run, furnish(self.doors)).result()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.network = Network(port)
        self.server = ProcessServer(data, port, PUBLIC_URL=self.network.url)
        self.server.start()
        self._browser = browser
        self._contexts: list[Any] = []

    def open(self, role: Role | None) -> Page:
        context = self._browser.new_context(viewport=SIZES[role])
        context.set_default_timeout(PATIENCE * 1_000)
        self._contexts.append(context)
        page = context.new_page()
        key = f"{PAGES[role]}?key={self.links[role].token}" if role else ""
        page.goto(f"{self.network.url}/e/box10{key}")
        expect(page.locator("body")).to_have_attribute("data-connection", "up")
        return page

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        result, _ = self.doors.writers.run(verb, args, {"at": datetime.now(UTC), **kwargs})
        return result

    def shows(self, number: int) -> int:
        post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"author_{number}")
        post_id = self.do(receive, self.event.id, post).post_id
        self.do(approve, post_id, by=ASHA)
        return int(post_id)

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self.server.stop()
        self.network.stop()
        self.doors.write_engine.dispose()
        self.doors.read_engine.dispose()


@pytest.fixture
def venue(tmp_path: Path, browser: Browser) -> Iterator[Venue]:
    opened = Venue(tmp_path, browser)
    yield opened
    opened.close()


def test_a_killed_and_restarted_server_loses_nothing_and_shows_nothing_twice(venue: Venue) -> None:
    wall, stage, floor = venue.open(Role.SCREEN), venue.open(Role.SPEAKER), venue.open(None)
    posts = [venue.shows(number) for number in range(2)]
    for page in (wall, floor):
        shows_exactly(page, posts)
    for round_ in range(2):
        venue.server.kill()
        for page in (wall, stage, floor):
            expect(page.locator("body")).to_have_attribute("data-connection", "down")
        posts.append(venue.shows(10 + round_))
        venue.server.start()
        for page in (wall, floor):
            shows_exactly(page, posts)
        expect(stage.locator("body")).to_have_attribute("data-connection", "up")
