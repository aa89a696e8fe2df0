"""Pushed page == fresh page, as geometry: after any history the wall that was pushed to looks as one just loaded."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from app.domain.access import Role
from app.domain.event import Event
from tests.browser.conftest import People
from tests.browser.wall_history import History, history_talk
from tests.running import Running

HISTORIES = 40
STEPS = 11
SHAPES: list[ViewportSize] = [{"width": 1920, "height": 1080}] * 3 + [{"width": 1080, "height": 1920}]
MUST_MEET = ("edit", "new_name", "withdraw", "take_down", "hold")

BOXES = """() => {
  const feed = document.getElementById('posts').getBoundingClientRect();
  const box = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
  };
  const own = (element) => [...element.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE).map((one) => one.data.trim()).join(' ');
  const seen = (element) => getComputedStyle(element).visibility !== 'hidden';
  return {
    feed: box(document.getElementById('posts')),
    cards: Object.fromEntries([...document.querySelectorAll('#posts > .post')].filter(seen).map((card) => [card.id, box(card)])),
    inside: [...document.querySelectorAll('#posts > .post')].filter(seen).map((card) => [card.id, card.scrollHeight - card.clientHeight]),
    blank: getComputedStyle(document.querySelector('.wall-holding')).display !== 'none',
    empty: getComputedStyle(document.querySelector('.wall-empty')).display !== 'none',
    // A countdown says something else each second, in letters of one width.
    scene: [...document.querySelectorAll('#scene, #scene *, #band:not([hidden]), #band *')].filter(seen)
      .map((element) => [element.className?.baseVal ?? element.className, box(element), element.matches('.countdown') ? '' : own(element)]),
    stage: document.querySelector('.onstage-text')?.innerText ?? '',
  };
}"""
STILL = """() => document.getElementById('posts').dataset.placed !== undefined
  && [...document.images].every((one) => one.complete) && document.fonts.status === 'loaded'
  && document.getAnimations().every((one) => one.playState === 'finished')"""


def picture(page: Page, cursor: int) -> dict[str, Any]:
    """What stands where, once the page has reached a cursor and nothing moves any more."""
    page.wait_for_function("cursor => Number(document.body.dataset.cursor) >= cursor", arg=cursor)
    page.wait_for_function(STILL)
    # What a picture changed by coming is drawn with the next frame.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function(STILL)
    return dict(page.evaluate(BOXES))


def assert_whole(seen: dict[str, Any]) -> None:
    """No card over another, none outside the feed, none cut, each in a place of its own."""
    left, top, width, height = seen["feed"]
    boxes = list(seen["cards"].items())
    for name, (x, y, w, h) in boxes:
        assert left - 1 <= x <= left + width + 1 - w, name
        assert top - 1 <= y <= top + height + 2 - h, name
        for other, (x2, y2, w2, h2) in boxes:
            apart = x + w <= x2 + 1 or x2 + w2 <= x + 1 or y + h <= y2 + 1 or y2 + h2 <= y + 1
            assert name == other or apart, f"{name} over {other}"
    assert all(hidden <= 1 for _, hidden in seen["inside"]), "a card hides a part of itself"


@pytest.fixture
def walls(server: Running, people: People) -> Iterator[tuple[Page, Page]]:
    history_talk(server)
    pushed, fresh = (people.open(Role.SCREEN, reduced_motion="reduce") for _ in range(2))
    for page in (pushed, fresh):
        page.goto(f"{server.floor}/r/main-hall/wall")
    expect(pushed.locator("body")).to_have_attribute("data-connection", "up")
    yield pushed, fresh
    assert people.problems == []


def test_a_wall_that_was_pushed_to_looks_as_one_just_loaded(server: Running, walls: tuple[Page, Page]) -> None:
    pushed, fresh = walls
    done: Counter[str] = Counter()
    for seed in range(HISTORIES):
        for page in walls:
            page.set_viewport_size(SHAPES[seed % len(SHAPES)])
        history = History(server, Random(seed), done, sent=seed * 1_000)
        for _ in range(STEPS):
            history.step()
        cursor = server.do(lambda db, **_: db.get_one(Event, server.event.id).cursor, at=datetime.now(UTC))
        seen = picture(pushed, cursor)
        fresh.reload()
        assert seen == picture(fresh, cursor), f"history {seed}"
        if not seen["blank"]:
            assert_whole(seen)
    assert min(done[step] for step in MUST_MEET) >= HISTORIES // 10, (
        f"histories that meet nothing prove nothing: {done}"
    )
