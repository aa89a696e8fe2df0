"""The front page in a browser: an event from its making to its end, and every state of the page at every size."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from app.actions.event_states import close_event
from app.actions.events import create_event
from app.actions.home_links import give_home_link
from app.queries.events import event_by_slug
from tests.browser.conftest import People
from tests.browser.layout import faults
from tests.browser.test_states import CONTRAST, violations
from tests.running import Running

SIZES = [(1440, 900), (390, 844), (320, 640)]
LONG = "An_event_whose_name_has_no_place_where_it_could_be_broken_and_goes_on_" + "x" * 48


def home(server: Running, people: People, **options: object) -> Page:
    """The front page of somebody who holds a home link."""
    token = server.do(give_home_link, at=datetime.now(UTC), label="Asha").token
    page = people.context(None, reduced_motion="reduce", **options).new_page()
    page.on("pageerror", lambda error: people.problems.append(str(error)))
    page.goto(f"{server.url}/?key={token}")
    return page


def test_an_event_is_made_opened_closed_and_deleted_in_a_browser(server: Running, people: People) -> None:
    page = home(server, people)
    new = page.get_by_role("region", name="New event")
    new.get_by_label("Name").fill("Côr y Môr 2026!")
    expect(new.get_by_label("Address")).to_have_value("cor-y-mor-2026")
    new.get_by_label("Everybody finds it").check()
    page.get_by_role("button", name="Make the event").click()
    expect(page.locator("#state")).to_contain_text("not open yet")
    phone = people.context(None).new_page()
    phone.goto(f"{server.url}/e/cor-y-mor-2026")
    expect(phone.locator("#send")).to_be_hidden()
    page.get_by_role("button", name="Open the event").click()
    expect(phone.locator("#send")).to_be_visible()
    phone.locator("#text").fill("Is the sea warm?")
    page.locator("#state summary").click()
    page.get_by_label("What phones read then").fill("Diolch! https://example.org/c")
    page.get_by_role("button", name="Close the event").click()
    expect(phone.locator("#frame")).to_contain_text("This event is over")
    expect(phone.locator("#frame .floor-farewell a")).to_have_attribute("href", "https://example.org/c")
    page.goto(server.url)
    page.get_by_role("link", name="Delete Côr y Môr").click()
    with page.expect_download():
        page.get_by_role("link", name="Everything (JSON)").click()
    page.get_by_label("Type its address").fill("cor-y-mor-2026")
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="All events")).to_be_visible()
    assert server.do(lambda db, **_: event_by_slug(db, "cor-y-mor-2026")) is None
    assert people.problems == []


@pytest.mark.parametrize("language", ["en-GB", "en-XA", "ar-XB"])
def test_no_state_of_it_is_wrong_at_any_size(server: Running, people: People, language: str) -> None:
    page = home(server, people, locale=language)
    at = datetime.now(UTC)
    for number, name in enumerate([LONG, "\u202edesrever\u202c <b>", "Z\u0338\u0322\u035d" * 20]):
        event = server.do(create_event, f"hostile-{number}", name=name, hashtags=[f"tag{n}" for n in range(9)], at=at)
        if number:
            server.do(close_event, event.id, farewell=LONG, at=at)
    found: dict[str, list[str]] = {}
    for state, path in (("all", "/"), ("asks", "/"), ("deletion", "/events/hostile-1/deletion")):
        page.goto(f"{server.url}{path}")
        if state == "asks":
            page.locator(".home-events summary").first.click()
            page.locator(".home-links summary").first.click()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            wrong = [*faults(page), *(violations(page) if language == "en-GB" else [])]
            found[f"{state} {width}"] = wrong
        page.emulate_media(color_scheme="dark")
        found[f"{state} by night"] = violations(page, CONTRAST)
        page.emulate_media(color_scheme="light")
    assert {where: what for where, what in found.items() if what} == {}
    assert people.problems == []


def test_who_holds_no_home_link_finds_a_page_that_is_whole_too(server: Running, people: People) -> None:
    page = people.context(None, reduced_motion="reduce").new_page()
    page.goto(server.url)
    assert (faults(page), violations(page)) == ([], [])
    at = datetime.now(UTC)
    event = server.do(create_event, "listed", name=LONG, hashtags=["listed"], at=at)
    server.do(lambda db, **_: setattr(db.get_one(type(event), event.id), "listed", True))
    page.reload()
    expect(page.get_by_role("link", name=LONG)).to_be_visible()
    assert (faults(page), violations(page)) == ([], [])
