"""The queue of a tablet: an undo is of what was tapped last, one bad tap stops no other, two pages send each tap once."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect
from sqlmodel import Session, col, select

from app.actions.questions import make_question
from app.domain.access import Role
from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.question import Question
from app.queries.scenes import announced_now
from tests.browser.venue import Venue, venue
from tests.conftest import ASHA

__all__ = ["venue"]

Tap = Callable[[Page, Question], Any]
FAULT = {"Backchannel": "1", "Content-Type": "application/problem+json"}
NO_LOCKS = "delete Navigator.prototype.locks;"


@pytest.fixture
def asked(venue: Venue) -> list[Question]:
    return [venue.do(make_question, venue.shows(number), by=ASHA) for number in range(4)]


def row(page: Page, question: Question) -> Any:
    return page.locator(f"#questions > #question-{question.id}")


def dismisses(page: Page, question: Question) -> None:
    row(page, question).get_by_role("button", name="Dismiss", exact=True).click()


def undoes(page: Page) -> None:
    page.get_by_role("button", name="Undo").click()


def holds(page: Page, question: Question) -> None:
    held = page.locator(f"#hold-{question.id}")
    if not held.locator("input").is_visible():
        held.locator("summary").click()
    held.locator("input").fill("Samina")
    held.get_by_role("button", name="Hold", exact=True).click()


def notes(page: Page, question: Question) -> None:
    note = page.locator(f"#note-{question.id}")
    note.locator("summary").click()
    note.locator("textarea").fill("Ask Nia")
    note.get_by_role("button", name="Save").click()


def stars(page: Page, question: Question) -> None:
    row(page, question).get_by_role("button", name="Star").click()


def stands(venue: Venue, question: Question) -> tuple[str, str, str, bool]:
    one = venue.running.do(lambda db: db.get_one(Question, question.id))
    return one.state.value, one.held_for, one.note, one.starred


def waits(page: Page, number: int) -> None:
    box = page.locator("#taps-waiting")
    if number:
        expect(box).to_contain_text(f"{number} tap")
    else:
        expect(box).to_be_hidden()


@pytest.mark.parametrize("tap", [holds, notes, stars, dismisses])
@pytest.mark.parametrize("left", [False, True])
def test_an_undo_is_of_the_last_tap_whatever_it_was(venue: Venue, asked: list[Question], tap: Tap, left: bool) -> None:
    """Also of one that has `left` the tablet, and whose answer never came."""
    page = venue.open(Role.SPEAKER)
    expect(page.locator("#questions > .question")).to_have_count(4)
    venue.network.set("cut")
    expect(page.locator("body")).to_have_attribute("data-connection", "down")
    dismisses(page, asked[0])
    waits(page, 1)
    tap(page, asked[1])
    waits(page, 2)
    if left:
        page.evaluate(
            """() => { for (const [name, kept] of Object.entries(localStorage)) if (name.startsWith('backchannel-tap/'))
            localStorage.setItem(name, JSON.stringify({ ...JSON.parse(kept), sent: true })); }"""
        )
    undoes(page)
    venue.network.set("open")
    waits(page, 0)
    expect(page.locator("#questions > .question")).to_have_count(3)
    noted = "Ask Nia" if left and tap is notes else ""
    assert stands(venue, asked[0])[0] == "dismissed", "what was done before it stands"
    assert stands(venue, asked[1]) == ("open", "", noted, False)


def test_an_undo_on_the_remote_is_of_the_scene_and_of_the_announcement(venue: Venue) -> None:
    post_id = venue.shows(1)
    page = venue.open(Role.MODERATOR)
    page.goto(f"{venue.address()}/remote")
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    page.locator(f"#post-{post_id}").get_by_role("button").click()
    expect(page.locator("#scene")).to_have_attribute("data-scene", "spotlight")
    page.context.set_offline(True)
    for act in (
        lambda: page.locator('[data-do="scene-holding"]').click(),
        lambda: page.locator('[data-do="blank"]').click(),
    ):
        act()
        undoes(page)
    page.locator("#announcement").fill("Lunch is served")
    page.get_by_role("button", name="5 min", exact=True).click()
    waits(page, 3)  # The first had left, for all that this page knows: it is done, and taken back by its name.
    page.context.set_offline(False)
    waits(page, 0)

    def look(db: Session) -> tuple[str, str, str]:
        event = db.get_one(Event, venue.running.event.id)
        found = announced_now(db, event)
        return event.showing, event.wall_state.value, found.text if found else ""

    assert venue.running.do(look) == (f"spotlight:{post_id}", "live", "Lunch is served")


def test_a_tap_that_meets_a_fault_of_the_server_again_and_again_is_told_and_stops_no_other(
    venue: Venue, asked: list[Question]
) -> None:
    page = venue.open(Role.SPEAKER)
    expect(page.locator("#questions > .question")).to_have_count(4)
    page.route(
        f"**/questions/{asked[0].id}/dismissal",
        lambda route: route.fulfill(status=500, headers=FAULT, body='{"detail": "Something went wrong."}'),
    )
    dismisses(page, asked[0])
    dismisses(page, asked[1])
    expect(page.locator("#toasts .refused")).to_contain_text("Something went wrong.")
    waits(page, 0)
    assert [stands(venue, one)[0] for one in asked[:2]] == ["open", "dismissed"]


def test_what_an_older_page_kept_without_names_is_sent_and_a_refusal_drops_nothing_else(
    venue: Venue, asked: list[Question]
) -> None:
    page = venue.open(Role.SPEAKER)
    expect(page.locator("#questions > .question")).to_have_count(4)
    page.evaluate(
        """([slug, paths]) => localStorage.setItem(`backchannel-taps-${slug}`, JSON.stringify(
            paths.map((path) => ({ url: location.origin + path, body: '', at: Date.now() }))))""",
        [venue.running.event.slug, ["/questions/99999/stage", *(f"/questions/{one.id}/star" for one in asked)]],
    )
    page.reload()
    expect(page.locator("#toasts .refused")).to_have_count(1)
    waits(page, 0)
    assert [stands(venue, one)[3] for one in asked] == [True] * 4
    assert (
        page.evaluate("Object.keys(localStorage).filter((name) => name.includes('tap') && !name.includes('tablet'))")
        == []
    )


@pytest.mark.parametrize("script", ["", NO_LOCKS], ids=["locks", "no locks"])
def test_two_pages_of_one_browser_send_each_tap_once_and_forget_none(
    venue: Venue, asked: list[Question], script: str
) -> None:
    def without(context: BrowserContext) -> None:
        context.add_init_script(script)

    one = venue.open(Role.SPEAKER, before=without)
    other = one.context.new_page()
    other.goto(venue.address() + "/stage")
    for page in (one, other):
        expect(page.locator("#questions > .question")).to_have_count(4)
    one.context.set_offline(True)
    for page in (one, other):
        expect(page.locator("body")).to_have_attribute("data-connection", "down")
    for question, page in zip(asked, (one, other, one, other), strict=True):
        dismisses(page, question)
    for page in (one, other):
        waits(page, 4)
    sent: list[str] = []

    def note(request: Request) -> None:
        if "tap" in request.headers:
            sent.append(request.headers["tap"])

    def slowly(route: Route) -> None:
        answered = route.fetch()
        route.fulfill(response=answered)

    for page in (one, other):
        page.on("requestfinished", note)
        page.route("**/questions/*/dismissal", slowly)
    one.context.set_offline(False)
    for page in (one, other):
        waits(page, 0)
        expect(page.locator("#questions > .question")).to_have_count(0)
    order = venue.running.do(lambda db: list(db.exec(_tapped)))
    assert order == [question.id for question in asked]
    if not script:
        assert len(sent) == len(set(sent)) == 4


_tapped = select(Decision.subject_id).where(Decision.tap != "").order_by(col(Decision.id))
