"""Behind a portal, every answer is a login page. It is no answer: nothing is said to be done, nothing is swapped in."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.questions import make_question
from app.actions.verdicts import approve
from app.domain.access import Role
from tests.browser.test_sending import box, says, send
from tests.browser.venue import Venue, in_a_hurry, venue
from tests.conftest import ASHA, incoming
from tests.until import until_now

__all__ = ["venue"]

QUESTION = "Will carers be paid for training?"
ELSEWHERE = "Location: http://portal.invalid/login"
PORTALS = {
    "a page": ("200 OK", "text/html", "<h1>WiFi</h1>", ()),
    "a page that calls itself JSON": ("200 OK", "application/json", '{"said": "Sent.", "fresh_key": "1"}', ()),
    "another place": ("302 Found", "text/html", "", (ELSEWHERE,)),
    "the same place": ("307 Temporary Redirect", "text/html", "", ("Location: /login",)),
    "a refusal": ("403 Forbidden", "text/html", "<h1>WiFi</h1>", ()),
    "a demand": ("511 Network Authentication Required", "text/html", "<h1>WiFi</h1>", ()),
    "nothing": ("204 No Content", "text/html", "", ()),
}
every_portal = pytest.mark.parametrize("portal", PORTALS)


def behind(venue: Venue, portal: str) -> None:
    status, kind, body, more = PORTALS[portal]
    venue.network.set_portal(status, kind, body, *more)


def is_turned_away(venue: Venue) -> None:
    before = venue.network.turned_away
    until_now(lambda: venue.network.turned_away > before)


def waits(venue: Venue, number: int = 1) -> int:
    post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"author_{number}")
    return int(venue.running.do(receive, venue.running.event.id, post, at=venue.now()).post_id)


def asked(venue: Venue) -> int:
    post_id = waits(venue, 7)
    venue.running.do(approve, post_id, by=ASHA, at=venue.now())
    return int(venue.running.do(make_question, post_id, by=ASHA, at=venue.now()).id)


def shows_no_portal(page: Page) -> None:
    expect(page.locator("body")).not_to_contain_text("WiFi")
    assert page.url.partition("?")[0].endswith(("/box10", "/stage", "/desk", "/wall"))


@every_portal
def test_words_sent_into_a_portal_stay_in_the_box_and_are_sent_later(venue: Venue, portal: str) -> None:
    page = venue.open(before=in_a_hurry)
    behind(venue, portal)
    send(page, QUESTION)
    says(page, "Your words are safe")
    assert box(page) == QUESTION
    assert venue.stored() == []
    is_turned_away(venue)
    shows_no_portal(page)
    venue.network.set("open")
    says(page, "Sent. A moderator")
    assert (box(page), venue.stored()) == ("", [QUESTION])


@pytest.mark.parametrize("portal", ["a page", "a refusal", "another place"])
def test_a_vote_and_a_withdrawal_say_that_they_did_not_arrive(venue: Venue, portal: str) -> None:
    question = asked(venue)
    page = venue.open()
    send(page, QUESTION)
    says(page, "Sent.")
    own = page.locator("#mine .own")
    expect(own).to_have_count(1)
    behind(venue, portal)
    vote = page.locator(f"#question-{question} .vote")
    vote.click()
    expect(page.locator("#toasts")).to_contain_text("Your vote could not be sent")
    expect(vote).to_have_attribute("aria-pressed", "false")
    own.locator(".own-withdraw summary").click()
    own.get_by_role("button", name="Yes, withdraw it").click()
    expect(page.locator("#toasts")).to_contain_text("cannot be reached")
    expect(own).to_have_count(1)
    shows_no_portal(page)


@pytest.mark.parametrize("portal", ["a page", "a refusal", "a demand"])
def test_a_tap_on_the_stage_waits_until_the_portal_is_gone(venue: Venue, portal: str) -> None:
    question = asked(venue)
    page = venue.open(Role.SPEAKER)
    behind(venue, portal)
    page.locator(f"#questions > #question-{question}").get_by_role("button", name="Bring on stage").click()
    is_turned_away(venue)
    expect(page.locator(f"#question-{question}.pending")).to_be_visible()
    shows_no_portal(page)
    venue.network.set("open")
    expect(page.locator("#onstage")).to_contain_text("number 7")


@every_portal
def test_a_verdict_given_into_a_portal_brings_the_post_back(venue: Venue, portal: str) -> None:
    post_id = waits(venue)
    page = venue.open(Role.MODERATOR)
    post = page.locator(f"#post-{post_id}")
    expect(post).to_be_visible()
    behind(venue, portal)
    page.keyboard.press("a")
    expect(page.locator("#toasts .refused")).to_contain_text("did not answer")
    expect(post).not_to_have_class(re.compile("leaving"))
    shows_no_portal(page)
    venue.network.set("open")
    page.keyboard.press("a")
    expect(post).to_have_count(0)


def test_what_is_answered_again_brings_what_was_missed_at_once(venue: Venue) -> None:
    post_id = waits(venue)
    page = venue.open(before=lambda context: context.clock.install())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live/box10/floor" in request.url else None)
    behind(venue, "a page")
    venue.running.do(approve, post_id, by=ASHA, at=venue.now())

    def goes_on() -> int:
        page.clock.run_for(250)
        return len(asked)

    until_now(lambda: goes_on() > 6)  # it has just asked, in vain, and does so every twenty seconds now
    expect(page.locator("body")).to_have_attribute("data-connection", "down")
    venue.network.set("no sockets")
    before = page.evaluate("Date.now()")
    send(page, QUESTION)
    until_now(lambda: goes_on() > 7)
    expect(page.locator(f"#post-{post_id}")).to_be_visible()
    assert page.evaluate("Date.now()") - before < 10_000


@pytest.mark.parametrize("role", [None, Role.SCREEN, Role.SPEAKER, Role.MODERATOR])
def test_a_screen_that_asks_over_http_takes_no_portal_for_news(venue: Venue, role: Role | None) -> None:
    venue.network.set("no sockets")
    page = venue.open(role, wait=False, before=in_a_hurry)
    expect(page.locator("body")).to_have_attribute("data-connection", "slow")
    behind(venue, "a page that calls itself JSON")
    expect(page.locator("body")).to_have_attribute("data-connection", "down")
    venue.network.set("open")
    expect(page.locator("body")).to_have_attribute("data-connection", re.compile("up|slow"))
    shows_no_portal(page)
