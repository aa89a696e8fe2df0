"""Pushed page == fresh page, as geometry: after any history the wall that was pushed to looks as one just loaded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.authors import block_author
from app.actions.events import change_event
from app.actions.questions import bring_on_stage, make_question, mark_answered
from app.actions.red_buttons import clear_wall, set_wall_state
from app.actions.undo import undo_last
from app.actions.verdicts import approve, hold, reject
from app.actions.withdrawals import withdraw
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import WallState
from app.domain.incoming import Byline, Incoming, Quoted, Withdrawal
from app.domain.question import Question
from tests.browser.conftest import People
from tests.running import Running

HISTORIES = 40
STEPS = 9
MODERATOR = Actor(label="Asha")
WORDS = [
    "what",
    "people",
    "said",
    "about",
    "care",
    "at",
    "home",
    "and",
    "on",
    "the",
    "ward",
    "when",
    "nobody",
    "was",
    "listening",
    "to",
    "them",
    "for",
    "once",
]

BOXES = """() => {
  const feed = document.getElementById('posts').getBoundingClientRect();
  const box = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
  };
  const seen = (element) => getComputedStyle(element).visibility !== 'hidden';
  return {
    feed: box(document.getElementById('posts')),
    cards: Object.fromEntries([...document.querySelectorAll('#posts > .post')].filter(seen).map((card) => [card.id, box(card)])),
    inside: [...document.querySelectorAll('#posts > .post')].filter(seen).map((card) => [card.id, card.scrollHeight - card.clientHeight]),
    blank: getComputedStyle(document.querySelector('.wall-holding')).display !== 'none',
    empty: getComputedStyle(document.querySelector('.wall-empty')).display !== 'none',
    stage: document.querySelector('.onstage-text')?.innerText ?? '',
  };
}"""
STILL = """() => document.getElementById('posts').dataset.placed !== undefined
  && document.fonts.status === 'loaded' && document.getAnimations().every((one) => one.playState === 'finished')"""


@dataclass
class History:
    """What people and sources do to one event, at random; each step is one verb."""

    server: Running
    random: Random
    posts: list[int] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    sent: int = 0

    def step(self) -> None:
        steps = [self.arrive] * 5 + [self.take_down, self.hold, self.withdraw, self.block, self.ask, self.rename]
        steps += [self.blank, self.blank, self.pause, self.go_on, self.go_on, self.clear, self.undo, self.edit]
        self.random.choice(steps)()

    def arrive(self) -> None:
        self.sent += 1
        text = " ".join(self.random.choices(WORDS, k=self.random.choice((2, 6, 20, 45, 90, 260))))
        quote = Quoted(available=True, byline=Byline("q", "Quoted"), text=text[:80]) if self.sent % 7 == 0 else None
        author = Byline(f"a{self.random.randrange(5)}", "Ann Author")
        self._receive(str(self.sent), 0, text, author, quote)
        self._do(approve, self.posts[-1], by=MODERATOR)

    def edit(self) -> None:
        if self.posts:
            ref = str(self.random.randrange(1, self.sent + 1))
            self._receive(ref, self.sent + 1, "An edit of what was said before", Byline("a1", "Ann Author"), None)

    def take_down(self) -> None:
        self._some(reject)

    def hold(self) -> None:
        self._some(hold)

    def withdraw(self) -> None:
        ref = str(self.random.randrange(1, self.sent + 2))
        self._do(withdraw, self.server.event.id, Withdrawal("x", ref, "deleted"))

    def block(self) -> None:
        if self.posts and self.random.random() < 0.4:
            author = self.server.do(_author_of, self.random.choice(self.posts))
            self._do(block_author, author, by=MODERATOR)

    def ask(self) -> None:
        if self.questions and self.random.random() < 0.6:
            self._do(mark_answered, self.questions.pop(), by=MODERATOR)
        elif self.posts:
            self.arrive()
            question = self._do(make_question, self.posts[-1], by=MODERATOR)
            # A post for which a second person must agree is no question yet.
            if isinstance(question, Question):
                self._do(bring_on_stage, question.id, by=MODERATOR)
                self.questions.append(question.id)

    def rename(self) -> None:
        name = self.random.choice(("Box 10 live", "A conference whose name is a good deal longer than usual"))
        self._do(
            change_event,
            self.server.event.id,
            name=name,
            hashtags=["box10"],
            zone="Europe/London",
            accent="teal",
            welcome=name,
            language="en",
        )

    def blank(self) -> None:
        self._do(set_wall_state, self.server.event.id, WallState.BLANK, by=MODERATOR)

    def pause(self) -> None:
        self._do(set_wall_state, self.server.event.id, WallState.PAUSED, by=MODERATOR)

    def go_on(self) -> None:
        self._do(set_wall_state, self.server.event.id, WallState.LIVE, by=MODERATOR)

    def clear(self) -> None:
        if self.random.random() < 0.3:
            self._do(clear_wall, self.server.event.id, by=MODERATOR)

    def undo(self) -> None:
        self._do(undo_last, self.server.event.id, by=MODERATOR)

    def _receive(self, ref: str, version: int, text: str, author: Byline, quote: Quoted | None) -> None:
        now = datetime.now(UTC)
        one = Incoming("x", ref, author, text, now, version=version, version_ref=f"{ref}-{version}", quote=quote)
        received = self.server.do(receive, self.server.event.id, one, at=now)
        if received.post_id not in self.posts:
            self.posts.append(received.post_id)

    def _some(self, verb: Any) -> None:
        if self.posts:
            self._do(verb, self.random.choice(self.posts), by=MODERATOR)

    def _do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self.server.do(verb, *args, at=datetime.now(UTC), **kwargs)


def _author_of(db: Any, post_id: int) -> int:
    from app.domain.post import Post

    return int(db.get_one(Post, post_id).author_id)


def picture(page: Page, cursor: int) -> dict[str, Any]:
    """What stands where, once the page has reached a cursor and nothing moves any more."""
    page.wait_for_function("cursor => Number(document.body.dataset.cursor) >= cursor", arg=cursor, timeout=30_000)
    page.wait_for_function(STILL, timeout=30_000)
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
    pushed, fresh = (people.open(Role.SCREEN, reduced_motion="reduce") for _ in range(2))
    expect(pushed.locator("body")).to_have_attribute("data-connection", "up")
    yield pushed, fresh
    assert people.problems == []


def test_a_wall_that_was_pushed_to_looks_as_one_just_loaded(server: Running, walls: tuple[Page, Page]) -> None:
    pushed, fresh = walls
    for seed in range(HISTORIES):
        history = History(server, Random(seed))
        history.sent = seed * 1_000
        for _ in range(STEPS):
            history.step()
        cursor = server.do(_cursor, server.event.id, at=datetime.now(UTC))
        seen = picture(pushed, cursor)
        fresh.reload()
        assert seen == picture(fresh, cursor), f"history {seed}"
        if not seen["blank"]:
            assert_whole(seen)


def _cursor(db: Any, event_id: int, *, at: datetime) -> int:
    from app.domain.event import Event

    return db.get_one(Event, event_id).cursor
