"""The wall as a page to read: news is spoken in batches, a question at once, letters keep their size, and no script is needed."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, expect

from app.actions.arrivals import receive
from app.actions.questions import bring_on_stage, make_question
from app.actions.red_buttons import set_wall_state
from app.actions.verdicts import approve
from app.domain.event import WallState
from tests.browser.conftest import People
from tests.conftest import ASHA, incoming
from tests.running import Running


def shown(server: Running, words: str) -> int:
    at = datetime.now(UTC)
    post = incoming(words, ref=words, posted_at=at)
    post_id: int = server.do(receive, server.event.id, post, at=at).post_id
    server.do(approve, post_id, by=ASHA, at=at)
    return post_id


def test_news_is_told_in_batches_and_the_page_reads_without_a_script(server: Running, browser: Browser) -> None:
    shown(server, "There before")
    people = People(browser, server)
    page = people.open(None)
    page.clock.install()
    page.goto(f"{server.floor}/now")
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    said = page.locator("#said p")
    asked = 0
    for number in range(5):
        asked = shown(server, f"News of number {number}")
    expect(page.locator("#posts > .post")).to_have_count(6)
    expect(said).to_have_count(0)  # not post by post
    page.clock.run_for(8_000)
    expect(said).to_have_text([*(f"Jo Hart: News of number {number}" for number in range(3)), "and 2 more"])
    question = server.do(make_question, asked, by=ASHA, at=datetime.now(UTC))
    server.do(bring_on_stage, question.id, by=ASHA, at=datetime.now(UTC))
    expect(said).to_have_text(["On stage now: News of number 4"])
    page.locator('[data-size="1"]').click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-letters", "115")
    server.do(set_wall_state, server.event.id, WallState.BLANK, by=ASHA, at=datetime.now(UTC))
    expect(page.locator("#posts")).to_be_hidden()
    expect(page.locator(".now-frame .notice")).to_be_visible()
    server.do(set_wall_state, server.event.id, WallState.LIVE, by=ASHA, at=datetime.now(UTC))
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{server.floor}/now")
    expect(plain.locator("#posts > .post")).to_have_count(6)
    expect(plain.locator("noscript a")).to_be_visible()  # a search by text passes noscript by
    expect(plain.locator(".now-sizes")).to_be_hidden()
    plain.context.close()
    for context in people.contexts:
        context.close()
