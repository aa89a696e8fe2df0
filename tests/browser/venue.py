"""One event behind a network that can be as bad as a venue's, and people in browsers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import Session, col, select

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.domain.access import Access, Role
from app.domain.post import Post
from app.queries.links import links
from app.settings import Settings
from tests.browser.conftest import SIZES
from tests.conftest import ASHA, incoming
from tests.proxy import Network
from tests.running import PATIENCE, ThreadedServer
from tests.until import until_now

HURRIES = """
(() => {
  const [once, again] = [setTimeout, setInterval];
  const sooner = (wait = 0) => (wait < 10_000 ? wait / 10 : wait);
  window.waits = [];
  window.setTimeout = (act, wait, ...more) => {
    window.waits.push([act.name, wait]);
    return once(act, sooner(wait), ...more);
  };
  const now = performance.now.bind(performance);
  performance.now = () => now() * 10;
  document.addEventListener('DOMContentLoaded', () => { document.body.dataset.silence = 250_000; });
  window.setInterval = (act, wait, ...more) => again(act, sooner(wait), ...more);
})();
"""


def in_a_hurry(context: BrowserContext) -> None:
    """What a page waits for by the clock comes ten times as soon, in the same order; what it gives others stays as long."""
    context.add_init_script(HURRIES)


class Venue:
    """Each person may sit behind a network of their own."""

    def __init__(self, data: Path, browser: Browser) -> None:
        made = Settings(_env_file=None, data_dir=data, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
        self._threaded = ThreadedServer(made)
        self.running = self._threaded.start()
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._networks: list[Network] = []
        self.problems: list[str] = []
        self.network = self.another_network()

    def another_network(self, delay: float = 2.5, rate: float = inf) -> Network:
        network = Network(urlsplit(self.running.url).port or 0, delay=delay, rate=rate)
        self._networks.append(network)
        return network

    def context(self, role: Role | None, **options: Any) -> BrowserContext:
        context = self._browser.new_context(**{"viewport": SIZES[role], **options})
        context.set_default_timeout(PATIENCE * 1_000)
        self._contexts.append(context)
        return context

    def open(
        self,
        role: Role | None = None,
        network: Network | None = None,
        *,
        before: Callable[[BrowserContext], object] = lambda _context: None,
        wait: bool = True,
        **options: Any,
    ) -> Page:
        context = self.context(role, **options)
        before(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"{role}: {error}"))
        page.goto(self.address(role, network))
        if wait:
            expect(page.locator("body")).to_have_attribute("data-connection", "up")
        return page

    def address(self, role: Role | None = None, network: Network | None = None) -> str:
        link = self.running.link(role) if role else self.running.floor
        return link.replace(self.running.url, (network or self.network).url)

    def stored(self) -> list[str]:
        """The words of all posts, in the order in which they were stored."""

        def look(db: Session) -> list[str]:
            return list(db.exec(select(Post.text).order_by(col(Post.id))).all())

        found: list[str] = self.running.do(look)
        return found

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.running.event.zone)

    def links(self) -> list[Access]:
        found: list[Access] = self.running.do(links, self.running.event.id)
        return found

    def until_stored(self, *texts: str) -> None:
        until_now(lambda: set(texts) <= set(self.stored()))

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self.running.do(verb, *args, **{"at": self.now(), **kwargs})

    def shows(self, number: int) -> int:
        post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"author_{number}")
        post_id = self.do(receive, self.running.event.id, post).post_id
        self.do(approve, post_id, by=ASHA)
        return int(post_id)

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        for network in self._networks:
            network.stop()
        self._threaded.stop()


@pytest.fixture
def venue(tmp_path: Path, browser: Browser) -> Iterator[Venue]:
    opened = Venue(tmp_path, browser)
    yield opened
    opened.close()
    assert opened.problems == []
