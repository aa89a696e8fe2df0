"""Phones of 2021, Safari 14 and Chrome 90 level: every screen works there, and looks as it does elsewhere."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.questions import make_question
from app.actions.verdicts import approve
from app.domain.access import Role
from app.views.static_files import FRONTEND
from tests.browser.old import LOOKS, grow_old, too_new
from tests.browser.venue import Venue, venue
from tests.conftest import ASHA, incoming

__all__ = ["venue"]

STATIC = FRONTEND / "static"
SCRIPTS = sorted([*(STATIC / "js").glob("*.js"), *(STATIC / "vendor").glob("*.js")])
SAYS_NO_MOMENT = """() => {
  for (const one of document.querySelectorAll('.desk-present [hx-get], time[data-age]')) one.textContent = 'some';
}"""
"""How many listen and how old a post is differs from one moment to the next."""
EVERYBODY = [None, Role.SCREEN, Role.SPEAKER, Role.MODERATOR]


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_no_script_needs_what_a_phone_of_2021_does_not_have(file: Path) -> None:
    assert too_new(file.read_text()) == []


@pytest.mark.parametrize(
    "line",
    [
        "class A{#b(){}}",
        "all.at(-1)",
        "signal: AbortSignal.timeout(8)",
        "x.closest('a:has(b)')",
        "class A{static{b()}}",
    ],
)
def test_what_is_too_new_is_found(line: str) -> None:
    assert too_new(line)


def arrives(venue: Venue, number: int) -> int:
    post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"author_{number}")
    return int(venue.running.do(receive, venue.running.event.id, post, at=venue.now()).post_id)


def test_four_people_with_old_browsers_come_through_an_event(venue: Venue) -> None:
    desk, wall, stage, floor = (
        venue.open(role, before=grow_old) for role in (Role.MODERATOR, Role.SCREEN, Role.SPEAKER, None)
    )
    floor.locator("#text").fill("Will carers be paid for training?")
    floor.locator("#send button.primary").click()
    expect(floor.locator("#send-said")).to_contain_text("Sent.")
    post = desk.locator("#held .post", has_text="Will carers")
    expect(post).to_be_visible()
    expect(desk.locator(".desk-empty")).to_be_hidden()
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.locator("#keys").get_by_role("button", name="Close").click()
    expect(desk.locator("#keys")).to_be_hidden()
    desk.keyboard.press("q")
    expect(post).to_have_count(0)
    expect(desk.locator(".desk-empty")).to_be_visible()
    question = floor.locator("#questions .question")
    question.locator(".vote").click()
    expect(question.locator(".votes")).to_have_text("1")
    stage.locator("#questions").get_by_role("button", name="Bring on stage").click()
    for page in (wall, stage, floor):
        expect(page.locator("#onstage")).to_contain_text("Will carers")
    floor.reload()
    own = floor.locator('#mine .own[data-state="on_stage"]')
    own.locator(".own-withdraw summary").click()
    own.get_by_role("button", name="Yes, withdraw it").click()
    expect(wall.locator("#onstage")).not_to_contain_text("Will carers")


def test_a_form_says_with_which_button_it_was_sent(venue: Venue) -> None:
    """Whether a script keeps the tap, or htmx sends it, or the browser itself."""
    asked = venue.running.do(make_question, arrives(venue, 1), by=ASHA, at=venue.now())
    stage, desk = (venue.open(role, before=grow_old) for role in (Role.SPEAKER, Role.MODERATOR))
    for page, name in ((stage, "Omar Said"), (desk, "Nia Rees")):
        held = page.locator(f"#hold-{asked.id}")
        held.locator("summary").click()
        held.get_by_role("button", name=name).click()
        expect(held.locator("summary")).to_contain_text(name)
    remote = desk.context.new_page()
    remote.goto(venue.address(None) + "/remote")
    expect(remote.locator("body")).to_have_attribute("data-connection", "up")
    remote.locator("#announcement").fill("Lunch is served")
    remote.get_by_role("button", name="15 min", exact=True).click()
    expect(remote.locator(".remote-announced")).to_contain_text("Lunch is served")
    remote.locator("#announcement").fill("Coffee is served")
    remote.locator("#announcement").press("Tab")
    remote.keyboard.press("Enter")  # on the first button
    expect(remote.locator(".remote-announced")).to_contain_text("Coffee is served")


def looks(page: Page) -> list[dict[str, Any]]:
    # A desk asks for its seat as soon as it is there.
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => true)")
    # A button comes to its colours over a moment.
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished)).then(() => true)")
    found: list[dict[str, Any]] = page.evaluate(f"() => {{ ({SAYS_NO_MOMENT})(); return ({LOOKS})(); }}")
    return found


def alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Colours may differ by what rounding leaves: newer ones are computed by the browser, from more digits."""
    colours = zip(one["colours"], other["colours"], strict=True)
    return bool(one["looks"] == other["looks"] and all(abs(mine - theirs) <= 3 for mine, theirs in colours))


@pytest.mark.parametrize("role", EVERYBODY)
def test_an_old_browser_shows_the_same_picture(venue: Venue, role: Role | None) -> None:
    """Layers are flattened faithfully: no size, no place, no margin differs, and every colour is there."""
    for number in range(3):
        post_id = arrives(venue, number)
        if number:
            venue.running.do(approve, post_id, by=ASHA, at=venue.now())
    venue.running.do(make_question, post_id, by=ASHA, at=venue.now())
    new = venue.open(role)
    if role is Role.MODERATOR:
        # That a source cannot start is known a moment after the server is up.
        expect(new.locator("#sources .dot.bad")).to_be_visible()
    shown = looks(new)
    # One after the other: a desk shows who else looks at a post.
    new.close(run_before_unload=True)
    old = venue.open(role, before=grow_old)
    expect(old.locator("#looking > li")).to_have_count(1 if role is Role.MODERATOR else 0)
    shown_by_old = looks(old)
    assert [one["place"] for one in shown] == [one["place"] for one in shown_by_old]
    different = [both for both in zip(shown, shown_by_old, strict=True) if not alike(*both)]
    assert different == []
