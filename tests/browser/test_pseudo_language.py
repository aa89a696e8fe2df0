"""A third more letters: no text is cut, none lies over another, and what scripts say is translated too."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.events import change_event
from app.actions.policies import change_policy
from app.actions.questions import bring_on_stage, make_question
from app.actions.red_buttons import set_intake, set_wall_state
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.event import WallState
from app.domain.policy import Intake, Policy
from tests.browser.conftest import People
from tests.browser.layout import faults
from tests.conftest import ASHA, incoming
from tests.pseudo_language.unmarked import unmarked
from tests.running import Running

PAGES = {
    Role.SCREEN: [""],
    Role.SPEAKER: [""],
    Role.MODERATOR: [
        "",
        "?list=approved",
        "?list=rejected",
        "?list=stashed",
        "?q=nothing",
        "../figures",
        "../log?machine=true",
    ],
    Role.OWNER: ["", "/rules", "/watch"],
    None: [""],
}
PHONE = {"width": 390, "height": 844}
TEXTS = (
    "Where can we find the slides of this morning?",
    "My patient Edith Quillfeather, NHS number 943 476 5919, was so brave",
    "Earn £500 a day from home, guaranteed profit, DM me now https://bit.ly/x",
    "A word of welcome to all of you",
    "What a fine atrium this is",
)


@pytest.fixture
def busy(server: Running) -> Running:
    """An event in the pseudo-language with some of everything."""
    now = datetime.now(UTC)
    facts = {"hashtags": ["box10"], "zone": "Europe/London", "accent": "teal", "welcome": ""}
    server.do(change_event, server.event.id, name="10", language="en-XA", **facts, at=now)
    server.do(change_policy, server.event.id, Policy(blocked_words=("atrium",), welfare="Room 4"), at=now)
    ids = [
        server.do(
            receive, server.event.id, incoming(f"{TEXTS[n % 5]} {n}", ref=str(n), by=f"a_{n}", posted_at=now), at=now
        ).post_id
        for n in range(10)
    ]
    for post_id in ids[3:6]:
        server.do(approve, post_id, by=ASHA, at=now)
    questions = [server.do(make_question, post_id, by=ASHA, at=now).id for post_id in ids[3:6]]
    server.do(bring_on_stage, questions[0], by=ASHA, at=now)
    return server


def is_sound(page: Page) -> None:
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    page.evaluate("document.fonts.ready")
    assert faults(page) == []
    assert unmarked(page.content()) == []


def test_what_is_cut_or_covered_would_be_seen(people: People, server: Running) -> None:
    page = people.context(None).new_page()
    page.set_content(
        """<p class="short" style="width: 40px; overflow: hidden; white-space: nowrap">Far too long</p>
        <p class="one">One</p><p class="two" style="margin-top: -2em">Two</p>
        <a class="button" style="display: inline-block; width: 20px; white-space: nowrap">Save and close</a>"""
    )
    assert faults(page) == [
        "cut in p.short: Far too long",
        "out of a.button: Save and close",
        "p.one (One) over p.two (Two)",
    ]


@pytest.mark.parametrize(
    ("role", "phone"),
    [(role, phone) for role in PAGES for phone in (False, True) if not (role is Role.SCREEN and phone)],
)
def test_every_screen_has_room_for_longer_words(busy: Running, people: People, role: Role | None, phone: bool) -> None:
    page = people.open(role, **({"viewport": PHONE} if phone else {}))
    address = page.url
    problems = {}
    for path in PAGES[role]:
        page.goto(f"{busy.floor}/{path[3:]}" if path.startswith("../") else address + path)
        page.evaluate("document.fonts.ready")
        if found := [*faults(page), *unmarked(page.content())]:
            problems[path] = found
    assert problems == {}
    assert people.problems == []


@pytest.mark.parametrize("state", [WallState.BLANK, WallState.PAUSED])
@pytest.mark.parametrize("role", [Role.SCREEN, Role.SPEAKER, Role.MODERATOR, Role.OWNER])
def test_states_have_room_too(busy: Running, people: People, role: Role, state: WallState) -> None:
    now = datetime.now(UTC)
    busy.do(set_wall_state, busy.event.id, state, by=ASHA, at=now)
    busy.do(set_intake, busy.event.id, Intake.ONLY_TRUSTED, by=ASHA, at=now)
    is_sound(people.open(role))


def test_what_a_script_says_is_translated(busy: Running, people: People) -> None:
    page = people.open(Role.MODERATOR)
    page.keyboard.press("x")
    expect(page.locator("#bulk-count")).to_contain_text("⟦")
    for dialog in ("?", "w"):
        page.keyboard.press(dialog)
        assert faults(page) == []
        page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator("#toasts .toast")).to_contain_text("⟦")
    floor = people.open(None)
    floor.locator("#text").fill("x" * 450)
    expect(floor.locator(".floor-count")).to_contain_text("⟦")
    floor.locator("#text").fill("A word from the floor")
    floor.locator("#send .button").click()
    expect(floor.locator("#send-said")).to_contain_text("⟦Séñt")
    assert unmarked(floor.content()) == []
