"""Where a venue's proxy refuses sockets, or swallows them, every screen goes on; a little later, and it says so."""

import re
from typing import get_args

import pytest
from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.event_deletion import delete_event
from app.actions.event_states import close_event
from app.actions.links import revoke_link
from app.actions.questions import bring_on_stage, make_question
from app.actions.verdicts import approve, reject
from app.domain.access import Role
from tests.browser.venue import Venue, in_a_hurry, venue
from tests.conftest import ASHA, incoming
from tests.proxy import State

__all__ = ["venue"]

EVERYBODY = [None, Role.SCREEN, Role.SPEAKER, Role.MODERATOR]
without_sockets = pytest.mark.parametrize("state", [one for one in get_args(State) if "sockets" in one])


def arrives(venue: Venue, number: int) -> int:
    post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"author_{number}")
    return int(venue.running.do(receive, venue.running.event.id, post, at=venue.now()).post_id)


def is_slow(page: Page) -> None:
    expect(page.locator("body")).to_have_attribute("data-connection", "slow")


@without_sockets
def test_every_screen_shows_what_happens_and_says_that_it_is_slower(venue: Venue, state: State) -> None:
    venue.network.set(state)
    floor, wall, stage, desk = (venue.open(role, wait=False, before=in_a_hurry) for role in EVERYBODY)
    setup = venue.open(Role.OWNER, wait=False, before=in_a_hurry)
    for page in (floor, wall, stage, desk, setup):
        is_slow(page)
        expect(page.get_by_text("lower connection").first).to_be_visible()
    shown, taken_down, asked = (arrives(venue, number) for number in range(3))
    expect(desk.locator(f"#post-{shown}")).to_be_visible()
    for post_id in (shown, taken_down):
        venue.running.do(approve, post_id, by=ASHA, at=venue.now())
    question = venue.running.do(make_question, asked, by=ASHA, at=venue.now())
    venue.running.do(bring_on_stage, question.id, by=ASHA, at=venue.now())
    for page in (floor, wall):
        expect(page.locator(f"#post-{taken_down}")).to_have_count(1)
    venue.running.do(reject, taken_down, by=ASHA, at=venue.now())
    for page in (floor, wall):
        expect(page.locator(f"#post-{shown}")).to_have_count(1)
        expect(page.locator(f"#post-{taken_down}")).to_have_count(0)
    for page in (floor, wall, stage, desk):
        expect(page.locator("#onstage")).to_contain_text("number 2")


def test_a_socket_that_opens_again_ends_the_asking(venue: Venue) -> None:
    venue.network.set("no sockets")
    wall = venue.open(Role.SCREEN, wait=False, before=in_a_hurry)
    is_slow(wall)
    venue.network.set("open")
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    expect(wall.locator(".wall-offline")).to_be_hidden()
    asked: list[str] = []
    wall.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)
    for number in range(4):
        post_id = arrives(venue, number)
        venue.running.do(approve, post_id, by=ASHA, at=venue.now())
        expect(wall.locator(f"#post-{post_id}")).to_have_count(1)
    assert asked == []


def test_a_link_that_is_revoked_ends_the_asking_too(venue: Venue) -> None:
    venue.network.set("no sockets")
    stage = venue.open(Role.SPEAKER, wait=False, before=in_a_hurry)
    is_slow(stage)
    link = next(one for one in venue.links() if one.role is Role.SPEAKER)
    venue.running.do(revoke_link, link.id, at=venue.now())
    expect(stage.locator("body")).to_have_attribute("data-connection", "off")


def test_a_quiet_page_asks_less_and_less_often(venue: Venue) -> None:
    venue.network.set("no sockets")
    wall = venue.open(Role.SCREEN, wait=False, before=in_a_hurry)
    for _ in range(5):
        with wall.expect_response("**/live/box10/wall*"):
            pass
    waits = wall.evaluate("waits.filter(([what]) => what === 'poll').map(([, wait]) => wait)")
    assert waits[-1] > waits[0] * 1.5


@pytest.mark.parametrize("state", ["open", "no sockets"])
def test_what_was_deleted_is_said_to_be_and_nobody_is_asked_for_it_any_more(venue: Venue, state: State) -> None:
    """Screens that hear of it, and those that were away at that moment and find nothing when they ask."""
    venue.network.set(state)
    pages = [venue.open(role, wait=False, before=in_a_hurry) for role in EVERYBODY]
    for page in pages:
        expect(page.locator("body")).to_have_attribute("data-connection", "up" if state == "open" else "slow")
    venue.running.do(close_event, venue.running.event.id, at=venue.now())
    venue.running.do(delete_event, venue.running.event.id, at=venue.now())
    for page in pages:
        expect(page.locator("body")).to_have_attribute("data-connection", "gone")
        expect(page.get_by_text(re.compile("deleted")).first).to_be_visible()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url.rpartition("/")[2]))
        page.evaluate("""async () => {
            for (const name of ['online', 'visibilitychange']) { dispatchEvent(new Event(name)); document.dispatchEvent(new Event(name)); }
            document.dispatchEvent(new Event('ours:answered'));
            for (let wait = 0; wait < 3; wait++) await new Promise((done) => setTimeout(done, 9_000)); // of their clock
            await fetch('/up');
        }""")
        assert asked == ["up"]
