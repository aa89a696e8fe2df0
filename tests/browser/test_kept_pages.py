"""A tablet that is loaded again without a network has its page still; no other page is kept, and none that is not its own."""

import re
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from app.actions.chair_marks import write_note
from app.actions.links import revoke_link
from app.actions.questions import make_question
from app.domain.access import Role
from app.domain.question import Question
from tests.browser.test_kept_taps import dismisses, row, waits
from tests.browser.venue import Venue, venue
from tests.conftest import ASHA
from tests.until import until_now

__all__ = ["venue"]
KEPT = "caches.keys()"
HOLDS = """async (id) => {
  const found = await caches.match(location.pathname, { cacheName: `backchannel-kept ${location.pathname}` });
  return Boolean(found) && (await found.text()).includes(`id="${id}"`);
}"""


def is_kept(page: Page) -> None:
    expect(page.locator("body[data-kept]")).to_have_count(1)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def opened(venue: Venue, role: Role, page: str) -> Page:
    found = venue.open(role)
    if not found.url.endswith(page):
        found.goto(f"{venue.address()}/{page}")
    expect(found.locator("body")).to_have_attribute("data-connection", "up")
    is_kept(found)
    return found


def test_list_order_notes_and_clock_stay_and_taps_of_before_and_after_are_settled(venue: Venue) -> None:
    asked = [venue.do(make_question, venue.shows(number), by=ASHA) for number in range(4)]
    venue.do(write_note, asked[0].id, "Samina knows the figures", by=ASHA)
    page = opened(venue, Role.SPEAKER, "stage")
    before = page.locator("#questions > .question").evaluate_all("rows => rows.map((row) => row.id)")
    assert len(before) == 4
    page.context.set_offline(True)
    dismisses(page, asked[1])
    waits(page, 1)
    for _ in range(2):
        page.reload()
        expect(page.locator("body")).to_have_attribute("data-connection", "down")
        waits(page, 1)
    assert page.locator("#questions > .question").evaluate_all("rows => rows.map((row) => row.id)") == before
    expect(row(page, asked[1])).to_have_class(re.compile(r"\bpending\b"))
    expect(page.locator("#questions > .pending")).to_have_count(1)
    expect(page.locator(f"#note-{asked[0].id} summary")).to_have_text("Samina knows the figures")
    hours = page.evaluate(
        "new Date().toLocaleTimeString('en-GB', { timeZone: document.body.dataset.zone, timeStyle: 'short' })"
    )
    assert page.locator("#clock").inner_text()[:5].split(":")[0] == hours.split(":")[0]
    assert page.evaluate("getComputedStyle(document.querySelector('.stage-list')).display") != "inline", "it is dressed"
    dismisses(page, asked[2])
    waits(page, 2)
    page.context.set_offline(False)
    waits(page, 0)
    expect(page.locator("#questions > .question")).to_have_count(2)
    states = [venue.running.do(lambda db, one=one: db.get_one(Question, one.id).state.value) for one in asked]
    assert states == ["open", "dismissed", "dismissed", "open"]
    assert venue.problems == []


def test_what_came_since_it_was_loaded_is_there_too(venue: Venue) -> None:
    page = opened(venue, Role.SPEAKER, "stage")
    page.evaluate("document.body.dataset.keeps = 100")
    asked = venue.do(make_question, venue.shows(1), by=ASHA)
    expect(row(page, asked)).to_be_visible()
    until_now(lambda: page.evaluate(HOLDS, f"question-{asked.id}"))
    page.context.set_offline(True)
    page.reload()
    expect(row(page, asked)).to_be_visible()


def test_the_remote_is_loaded_again_without_a_network(venue: Venue) -> None:
    post_id = venue.shows(1)
    page = opened(venue, Role.MODERATOR, "remote")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(f"#post-{post_id}")).to_be_visible()
    page.locator('[data-do="scene-holding"]').click()
    waits(page, 1)
    page.context.set_offline(False)
    expect(page.locator("#scene")).to_have_attribute("data-scene", "holding")


def is_nowhere(page: Page, address: str) -> None:
    with pytest.raises(Error):
        page.goto(address)


def test_no_other_page_is_kept(venue: Venue) -> None:
    page = opened(venue, Role.MODERATOR, "remote")
    address = venue.address()
    others = [
        "",
        "/desk",
        "/stage",
        "/packs",
        "/now",
        "/remote?all=1",
        f"/remote?key={venue.running.tokens[Role.MODERATOR]}",
    ]
    for other in others[:-1]:
        page.goto(address + other)
        expect(page.locator("body")).to_be_visible()
        if other == "/stage":
            is_kept(page)
    page.context.set_offline(True)
    for other in others:
        if other != "/stage":
            is_nowhere(page.context.new_page(), address + other)
    for other in ("/stage", "/remote"):
        page = page.context.new_page()
        page.goto(address + other)
        expect(page.locator("#frame")).to_be_visible()
    kept = page.evaluate(KEPT)
    assert sorted(kept) == [f"backchannel-kept /e/{venue.running.event.slug}/{one}" for one in ("remote", "stage")]


def revoke(venue: Venue, role: Role) -> Any:
    link = next(one for one in venue.links() if one.role is role)
    return venue.do(revoke_link, link.id)


def test_a_link_that_is_revoked_takes_the_page_with_it_at_once(venue: Venue) -> None:
    page = opened(venue, Role.SPEAKER, "stage")
    revoke(venue, Role.SPEAKER)
    expect(page.locator("body")).to_have_attribute("data-connection", "off")
    expect(page.locator("body[data-kept]")).to_have_count(0)
    until_now(lambda: page.evaluate(KEPT) == [])
    page.context.set_offline(True)
    is_nowhere(page, venue.address() + "/stage")


def test_and_when_it_was_revoked_while_the_tablet_slept_with_the_next_network(venue: Venue) -> None:
    page = opened(venue, Role.SPEAKER, "stage")
    page.goto("about:blank")
    revoke(venue, Role.SPEAKER)
    answered = page.goto(venue.address() + "/stage")
    assert answered is not None
    assert answered.status == 403
    page.context.set_offline(True)
    is_nowhere(page, venue.address() + "/stage")
