"""A wall and a tablet on stage stay awake, as far as their browser lets them; no other screen asks for it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.domain.access import Role
from tests.browser.conftest import People

# What the page asks of the browser, and a browser that grants it, refuses it, or does not know it.
ASKED = """
(grants) => {
  window.asked = [];
  window.locks = [];
  if (grants === null) { delete Navigator.prototype.wakeLock; return; }
  WakeLock.prototype.request = async (kind) => {
    window.asked.push(kind);
    if (!grants) throw new DOMException('no', 'NotAllowedError');
    const lock = new EventTarget();
    window.locks.push(lock);
    return lock;
  };
}
"""
SEEN = """(state) => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
LET_GO = "window.locks.splice(0).forEach((lock) => lock.dispatchEvent(new Event('release')))"


def opened(people: People, role: Role | None, grants: bool | None = True) -> Page:
    context = people.context(role)
    context.add_init_script(f"({ASKED})({ {True: 'true', False: 'false', None: 'null'}[grants] })")
    page = context.new_page()
    page.on("pageerror", lambda error: people.problems.append(str(error)))
    page.goto(people.address(role))
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    return page


def asked(page: Page) -> Any:
    """After all that was begun has ended."""
    return page.evaluate("() => new Promise((done) => setTimeout(() => done(window.asked)))")


@pytest.mark.parametrize("role", [Role.SCREEN, Role.SPEAKER])
def test_it_stays_awake_whenever_it_is_seen(people: People, role: Role) -> None:
    page = opened(people, role)
    assert asked(page) == ["screen"]
    page.evaluate(SEEN, "visible")
    assert asked(page) == ["screen"], "one is enough"
    page.evaluate(LET_GO)
    page.evaluate(SEEN, "hidden")
    assert asked(page) == ["screen"], "a page that nobody sees keeps no screen on"
    page.evaluate(SEEN, "visible")
    assert asked(page) == ["screen", "screen"]
    assert people.problems == []


@pytest.mark.parametrize("role", [Role.SCREEN, Role.SPEAKER])
def test_where_it_is_refused_the_next_touch_asks_again(people: People, role: Role) -> None:
    page = opened(people, role, grants=False)
    assert asked(page) == ["screen"]
    for times in (2, 3):
        page.mouse.click(5, 5)
        assert asked(page) == ["screen"] * times
    assert people.problems == []


@pytest.mark.parametrize("role", [Role.SCREEN, Role.SPEAKER])
def test_a_browser_that_does_not_know_it_shows_the_page_all_the_same(people: People, role: Role) -> None:
    opened(people, role, grants=None)
    assert people.problems == []


@pytest.mark.parametrize("role", [Role.MODERATOR, None])
def test_no_other_screen_asks(people: People, role: Role | None) -> None:
    assert asked(opened(people, role)) == []
