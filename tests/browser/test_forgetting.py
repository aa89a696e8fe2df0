"""Keep and forget in a browser: a phone without script erases what it sent, and the organiser's pages fill no more than a screen."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.actions.arrivals import receive
from app.actions.takedowns import ask_for_takedown
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.takedown import TakedownRequest
from app.settings import Settings
from tests.browser.test_states import CONTRAST, violations
from tests.conftest import ASHA, incoming
from tests.running import Running, ThreadedServer

WIDTHS = ((320, 640), (1280, 800), (3840, 2160))
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    threaded = ThreadedServer(made)
    yield threaded.start()
    threaded.stop()


def looks(page: Page, name: str) -> None:
    """At every width nothing is wider than the screen; axe finds nothing, by day, by night, on a phone."""
    found: dict[Any, Any] = {}
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (name, width, wide)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
        if width < 2_000:
            found[width] = violations(page)
    page.emulate_media(color_scheme="dark")
    found["night"] = violations(page, CONTRAST)
    page.emulate_media(color_scheme="light")
    assert [one for what in found.values() for one in what] == [], name


def test_a_phone_without_script_erases_what_it_sent_and_every_page_of_it_fits(
    server: Running, browser: Browser
) -> None:
    at = datetime.now(UTC)
    phone = browser.new_context(java_script_enabled=False).new_page()
    phone.goto(server.floor)
    phone.get_by_label("Your words").fill("Does the lift go to the ward?")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#mine .own")).to_have_count(1)
    post = server.do(receive, server.event.id, incoming("Larch bridges of the north", ref="9", by="nia_rees"), at=at)
    server.do(approve, post.post_id, by=ASHA, at=at)
    asked = TakedownRequest(f"{server.floor}#post-{post.post_id}", "", "It names me", "me@mail.example")
    for number in (1, 2):
        within = timedelta(days=number)
        server.do(
            ask_for_takedown, server.event.id, asked, key=str(number), within=within, at=at - timedelta(days=1, hours=1)
        )
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(server.link(Role.OWNER))
    for name in ("keeping", "takedowns", "erasure"):
        page.goto(f"{server.floor}/setup/{name}")
        for summary in page.locator("main summary").all():
            summary.click()
        looks(page, name)
    page.get_by_label("Handle, address").fill("nia_rees")
    page.get_by_role("button", name="Show what would go").click()
    expect(page.get_by_text("@nia_rees", exact=True)).to_be_visible()
    looks(page, "erasure-asks")
    page.goto(f"{server.floor}/takedown")
    looks(page, "takedown")
    page.goto(f"{server.floor}/desk")
    expect(page.locator("#takedowns")).to_contain_text("2 people want something taken away")
    looks(page, "desk")
    phone.locator("#erase-mine summary").click()
    if PICTURES:
        phone.set_viewport_size({"width": 320, "height": 640})
        phone.screenshot(path=f"{PICTURES}/floor-320.png", full_page=True)
    phone.get_by_role("button", name="Yes, erase everything").click()
    expect(phone.get_by_text("nothing that was sent from this phone is left here")).to_be_visible()
    expect(phone.locator("#mine .own")).to_have_count(0)
