"""Browser tests: a real Chromium, one context a person."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app.domain.access import Role
from app.settings import Settings
from tests.running import PATIENCE, Running, ThreadedServer

SIZES = {
    Role.SCREEN: {"width": 1920, "height": 1080},
    Role.MODERATOR: {"width": 1440, "height": 900},
    Role.OWNER: {"width": 1440, "height": 900},
    Role.SPEAKER: {"width": 1180, "height": 820},
    Role.DELEGATE: {"width": 390, "height": 844},
    None: {"width": 390, "height": 844},
}
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def chromium() -> str | None:
    """The browser to test with: CHROMIUM, or one that is installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def without_windows() -> str | None:
    """The same engine without a desktop's windows, if it is there: a page takes a third of the time."""
    return None if os.environ.get("CHROMIUM") else shutil.which("chromium-headless-shell")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests, gone after them: its event loop would be in the way of other tests."""
    executable = without_windows() or chromium()
    if executable is None:
        reason = "no Chromium found; install one or name it in CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """The whole program with one event, in a thread."""
    threaded = ThreadedServer(
        Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")
    )  # type: ignore[call-arg]
    yield threaded.start()
    threaded.stop()


class People:
    """Opens screens as different people: each has a context, so cookies, of their own."""

    def __init__(self, browser: Browser, running: Running) -> None:
        self._browser = browser
        self._running = running
        self.contexts: list[BrowserContext] = []
        self.problems: list[str] = []

    def open(self, role: Role | None, **options: Any) -> Page:
        """The screen of a role, or the floor for None. Collects script errors and CSP reports."""
        page = self.context(role, **options).new_page()
        page.on("pageerror", lambda error: self.problems.append(f"{role}: {error}"))
        page.on("console", self._console)
        page.goto(self.address(role))
        return page

    def address(self, role: Role | None) -> str:
        return self._running.link(role) if role else self._running.floor

    def context(self, role: Role | None, **options: Any) -> BrowserContext:
        touch = {"has_touch": True, "is_mobile": True} if role is None else {}
        touch = {"has_touch": True} if role is Role.SPEAKER else touch
        context = self._browser.new_context(**{"viewport": SIZES[role], **touch, **options})
        context.set_default_timeout(PATIENCE * 1_000)
        self.contexts.append(context)
        return context

    def _console(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(message.text)


@pytest.fixture
def people(browser: Browser, server: Running) -> Iterator[People]:
    opened = People(browser, server)
    yield opened
    for context in opened.contexts:
        context.close()


expect.set_options(timeout=PATIENCE * 1_000)

OpenPage = Callable[..., Page]
