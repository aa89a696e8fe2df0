"""The sheet of what somebody learned is made, kept and printed in their browser: of what is written in it nothing is sent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.actions.arrivals import receive
from app.actions.prompts import release_prompt, write_prompt
from app.actions.verdicts import approve
from app.domain.prompt import PromptKind
from tests.browser.layout import faults
from tests.browser.test_states import DESKTOP, PHONE, serving, violations
from tests.conftest import ASHA, incoming
from tests.running import Running

SECRET = "zebra-velvet-in-ward-seven"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from serving(tmp_path_factory.mktemp("reflection"))


def test_nothing_of_it_reaches_the_server_and_a_reload_loses_nothing(server: Running, browser: Browser) -> None:
    now = datetime.now(UTC)
    for words in ("What helped?", "What now?"):
        facts = {"kind": PromptKind.QUESTION, "text": words, "minute": None}
        prompt = server.do(write_prompt, server.event.id, **facts, by=ASHA, at=now)
        server.do(release_prompt, prompt.id, by=ASHA, at=now)
    for ref, (text, by) in enumerate((("A1 The porter knew", "kai"), ("A2 Tea with @kai", "mel"))):
        post = server.do(receive, server.event.id, incoming(text, ref=str(ref), by=by, source="x"), at=now)
        server.do(approve, post.post_id, by=ASHA, at=now)
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", accept_downloads=True)
    context.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    page, asked, problems = context.new_page(), [], []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    address = f"{server.floor}/reflection"
    page.goto(address)
    page.on("request", lambda request: asked.append(f"{request.url} {request.all_headers()} {request.post_data}"))
    expect(page.locator("#own-none")).to_be_visible()
    page.locator("#account").fill("@KAI")
    expect(page.locator("#own-said li")).to_have_count(1)
    expect(page.locator("#own-said li")).to_contain_text("The porter knew")
    topics = page.locator("[name^=topic-]")
    assert [topics.nth(at).is_checked() for at in (0, 1)] == [True, False]
    for number in range(1, 5):
        page.locator(f"#answer-{number}").fill(f"{SECRET} {number}\nand more")
    page.locator("#hours").fill("1.5")
    page.locator("#hours").press("Enter")
    page.locator("[name=code-3]").check()
    page.locator("#print").click()
    expect(page.locator("html")).to_have_attribute("data-printed", "yes")
    with page.expect_download() as saved:
        page.locator("#save").click()
    kept = Path(saved.value.path()).read_text()
    assert all(words in kept for words in (f"{SECRET} 4", "[x] Preserve safety", "1.5", "[x] Q1 What helped?"))
    assert "Prioritise" not in kept
    page.emulate_media(media="print")
    expect(page.locator(".reflection-written").nth(3)).to_contain_text(f"{SECRET} 4")
    expect(page.locator("#answer-4")).to_be_hidden()
    page.emulate_media(media="screen")
    assert [one for one in asked if not one.startswith("blob:")] == []
    found = {"axe": violations(page)}
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    found |= {"axe on a phone by night": violations(page), "on a phone": faults(page)}
    assert {where: what for where, what in found.items() if what} == {}

    page.reload()
    expect(page.locator("#answer-1")).to_have_value(f"{SECRET} 1\nand more")
    expect(page.locator("#hours")).to_have_value("1.5")
    page.locator("#forget").click()
    expect(page.locator("#answer-1")).to_have_value("")
    page.reload()
    expect(page.locator("#answer-1")).to_have_value("")
    assert asked
    assert [one for one in asked if SECRET in one or "KAI" in one or not one.startswith((server.url, "blob:"))] == []
    assert problems == []
    context.close()
