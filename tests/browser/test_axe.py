"""Everybody can use every screen: axe finds nothing, the CSP reports nothing, forms work without JavaScript."""

import dataclasses
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.policies import change_policy
from app.actions.questions import bring_on_stage, make_question
from app.actions.verdicts import approve
from app.actions.votes import vote
from app.domain.access import Role
from app.domain.incoming import Photo, Quoted, ReplyTo
from app.domain.policy import Policy
from tests.browser.conftest import People
from tests.conftest import ASHA, incoming
from tests.running import Running

TEXTS = (
    "A word of welcome to all of you in the hall and at home",
    "مرحبا بكم جميعا في المؤتمر، اليوم نتحدث عن الرعاية",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and more",
    "Shut up and sit down, all of you https://spam.example/offer",
    "Where can we find the slides? " + "They were very good indeed. " * 20,
)


@pytest.fixture
def busy(server: Running) -> Running:
    """An event with some of everything: shown, waiting, held for a reason, asked, on stage."""
    now = datetime.now(UTC)
    server.do(change_policy, server.event.id, Policy(blocked_words=("shut up",)), at=now)
    posts = []
    for number in range(10):
        post = dataclasses.replace(
            incoming(f"{TEXTS[number % 5]} {number}", ref=str(number), by=f"author_{number}", posted_at=now),
            source="floor" if number % 3 == 2 else "x",
            photos=(Photo("demo:photos/atrium.svg", "A chart of falls by month"),) if number == 0 else (),
            quote=Quoted(available=False) if number == 1 else None,
            reply_to=ReplyTo(handle="nia") if number == 2 else None,
        )
        posts.append(server.do(receive, server.event.id, post, at=now).post_id)
    for post_id in posts[:6]:
        server.do(approve, post_id, by=ASHA, at=now)
    questions = [server.do(make_question, post_id, by=ASHA, at=now).id for post_id in posts[1:5]]
    for voter in range(3):
        server.do(vote, questions[1], f"voter-{voter}", at=now)
    server.do(bring_on_stage, questions[0], by=ASHA, at=now)
    return server


SCREENS = [Role.SCREEN, Role.MODERATOR, Role.SPEAKER, Role.OWNER, None]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:300]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", SCREENS)
def test_axe_finds_nothing_on_a_busy_screen(busy: Running, people: People, role: Role | None, scheme: str) -> None:
    page = people.open(role, color_scheme=scheme, reduced_motion="reduce")
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    page.wait_for_timeout(700)
    # Before axe, which styles things inline itself.
    assert people.problems == []
    assert violations(page) == []


@pytest.mark.parametrize("role", SCREENS)
def test_axe_finds_nothing_on_an_empty_screen(server: Running, people: People, role: Role | None) -> None:
    page = people.open(role)
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    assert people.problems == []
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["log?machine=true", "figures", "setup/rules", "setup/watch", "desk?list=held&q=a"])
def test_axe_finds_nothing_on_an_organisers_page(busy: Running, people: People, path: str, scheme: str) -> None:
    page = people.open(Role.OWNER, color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{busy.url}/e/box10/{path}")
    page.wait_for_timeout(300)
    assert people.problems == []
    assert violations(page) == []


def test_axe_finds_nothing_on_a_refusal(server: Running, people: People) -> None:
    page = people.open(None)
    page.goto(f"{server.url}/e/nowhere")
    expect(page.get_by_role("heading")).to_contain_text("no event")
    assert violations(page) == []


@pytest.mark.parametrize("role", SCREENS)
def test_a_screen_asks_nobody_but_our_server(busy: Running, people: People, role: Role | None) -> None:
    context = people.context(role)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(busy.link(role) if role else busy.floor)
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    assert asked
    assert [url for url in asked if not url.startswith(busy.url)] == []


def test_a_phone_without_javascript_asks_votes_and_withdraws(busy: Running, people: People) -> None:
    page = people.open(None, java_script_enabled=False)
    page.get_by_label("Your words").fill("Is there a hearing loop in room two?")
    page.get_by_label("Your name, if you like").fill("Margaret")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#mine")).to_contain_text("Is there a hearing loop")
    expect(page.locator("#mine")).to_contain_text("waiting for a moderator")

    votes = page.locator("#questions .question").first.locator(".votes")
    before = int(votes.inner_text())
    page.locator("#questions .question").first.locator(".vote").click()
    expect(page.locator("#questions .question").first.locator(".votes")).to_have_text(str(before + 1))
    page.get_by_role("button", name="Take vote back").click()
    expect(page.locator("#questions .question").first.locator(".votes")).to_have_text(str(before))

    page.locator("#mine .own-withdraw summary").click()
    page.locator("#mine").get_by_role("button", name="Yes, withdraw it").click()
    expect(page.locator("#mine")).to_be_hidden()


def test_a_desk_without_javascript_approves_rejects_and_takes_back(busy: Running, people: People) -> None:
    page = people.open(Role.MODERATOR, java_script_enabled=False)
    first = page.locator("#held .post").first
    post = f"#{first.get_attribute('id')}"
    first.get_by_role("button", name="Approve").click()
    expect(page.locator(post)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#held {post}")).to_be_visible()
    page.locator(f"#held {post}").get_by_role("button", name="Reject").click()
    expect(page.locator(post)).to_have_count(0)
    page.get_by_role("link", name="Rejected").click()
    expect(page.locator(f"#rejected {post}")).to_be_visible()


def test_a_text_that_is_too_long_is_refused_with_every_word_kept(server: Running, people: People) -> None:
    page = people.open(None)
    words = "far too many words " * 40
    page.evaluate("document.getElementById('text').removeAttribute('maxlength')")
    page.get_by_label("Your words").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#send-said")).to_contain_text("characters too long")
    expect(page.get_by_label("Your words")).to_have_value(words)
