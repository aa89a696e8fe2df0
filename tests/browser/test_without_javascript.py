"""Forms work without JavaScript, and what they refuse is kept."""

import dataclasses
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

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
