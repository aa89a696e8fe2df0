"""The whole path of an organiser who has no shell: from an empty folder and one home link to an event that is gone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.brand_files import LOGO_SVG
from tests.browser.conftest import SIZES, People
from tests.browser.layout import faults
from tests.browser.test_states import violations
from tests.cli.starting import Started, started
from tests.servers import free_port

ASKED, SAID = "Who looks after the carers?", "Diolch for the tea at four in the morning"
HELPERS = {"Asha": "moderator", "Ben": "moderator", "Nia Rees": "speaker"}
ROOMS = {"Main hall": "Care closer to home", "Room 2": "Nights on the ward"}
SCREENS = {"Main hall, front": "everything", "Foyer": "everything"}
PAGES = {"moderator": "desk", "speaker": "stage"}


@dataclass
class Building:
    """A program that was started in an empty folder, and the browsers of whoever comes."""

    server: Started
    people: People

    def page(self, url: str, size: object = None) -> Page:
        page = self.people.context(None, viewport=size or SIZES[None], is_mobile=False, has_touch=False).new_page()
        page.on("pageerror", lambda error: self.people.problems.append(str(error)))
        page.on("console", self.people._console)
        page.goto(url)
        return page


@pytest.fixture
def building(tmp_path: Path, browser: Browser) -> Iterator[Building]:
    with started(tmp_path, "serve", "--port", str(free_port()), READER="false") as server:
        people = People(browser, None)  # type: ignore[arg-type]
        yield Building(server, people)
        for context in people.contexts:
            context.close()


def test_an_organiser_walks_from_the_home_link_to_the_end_in_browsers_only(building: Building) -> None:
    organiser = building.page(building.server.says(r"(http://\S+/\?key=\S+)"), {"width": 1440, "height": 900})
    makes_it(organiser)
    address = organiser.url.partition("/setup")[0]
    looks(organiser, address)
    plans(organiser, address)
    helpers = {name: building.page(helps(organiser, address, name, role)) for name, role in HELPERS.items()}
    walls = {name: building.page(hangs(organiser, address, name), {"width": 1920, "height": 1080}) for name in SCREENS}
    prints(organiser, address)
    runs(organiser, building.page(address), helpers, walls, address)
    closes(organiser, address, walls)
    assert building.people.problems == []
    deletes(organiser, address)  # screens that are still open are told that there is nothing any more


def makes_it(page: Page) -> None:
    new = page.get_by_role("region", name="New event")
    new.get_by_label("Name").fill("Care by the Sea 2026")
    expect(new.get_by_label("Address")).to_have_value("care-by-the-sea-2026")
    new.get_by_label("Hashtags").fill("#carebythesea")
    page.get_by_role("button", name="Make the event").click()
    expect(page.locator("#state")).to_contain_text("not open yet")
    expect(page.get_by_role("navigation", name="Before the day").get_by_role("link")).to_have_count(7)
    for width, height in ((390, 844), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        assert (faults(page), violations(page)) == ([], [])


def step(page: Page, address: str, name: str) -> None:
    """Every step is found where setup says what comes before the day."""
    page.goto(f"{address}/setup")
    page.get_by_role("navigation", name="Before the day").get_by_role("link", name=name).click()


def looks(page: Page, address: str) -> None:
    step(page, address, "Look")
    logo = {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO_SVG}
    page.get_by_label("Logo", exact=True).set_input_files(logo)
    expect(page.locator(".sample-wall .logo")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#look-said")).to_contain_text("Saved.")


def plans(page: Page, address: str) -> None:
    step(page, address, "Programme")
    page.get_by_role("link", name="Bring it in from a file").click()
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "schedule.xml", "mimeType": "text/xml", "buffer": programme()}
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Put it in place").click()
    page.goto(f"{address}/setup")
    expect(page.locator("#programme tbody tr")).to_have_count(2)


def programme() -> bytes:
    """Two talks that run now, each in a room of its own, as planning tools write them."""
    begins = (datetime.now(UTC) - timedelta(minutes=10)).replace(second=0, microsecond=0)
    rooms = "".join(
        f'<room name="{room}"><event id="{room}" guid="{room}"><date>{begins.isoformat()}</date><start>{begins:%H:%M}</start>'
        f"<duration>01:30</duration><room>{room}</room><title>{title}</title></event></room>"
        for room, title in ROOMS.items()
    )
    zone = "<conference><time_zone_name>UTC</time_zone_name></conference>"
    return f'<?xml version="1.0"?><schedule>{zone}<day date="{begins:%Y-%m-%d}">{rooms}</day></schedule>'.encode()


def helps(page: Page, address: str, name: str, role: str) -> str:
    """Gives a link that is shown once."""
    step(page, address, "Helpers")
    form = page.locator("#helpers")
    form.get_by_label("Role").select_option(role)
    form.get_by_label("For whom").fill(name)
    form.get_by_role("button", name="Make a link").click()
    return fresh(page, name)


def hangs(page: Page, address: str, name: str) -> str:
    step(page, address, "Screens")
    form = page.get_by_role("region", name="Another screen")
    form.get_by_label("Name").fill(name)
    form.get_by_label("It may show").select_option(SCREENS[name])
    form.get_by_role("button", name="Make its link").click()
    return fresh(page, name)


def fresh(page: Page, name: str) -> str:
    expect(page.get_by_role("heading", name="New link:")).to_contain_text(name)
    return page.locator("#fresh-url").input_value()


def prints(page: Page, address: str) -> None:
    step(page, address, "Sheets to print")
    expect(page.locator(".sheet")).to_have_count(2)
    expect(page.locator(".sheet-room").last).to_have_text("Room 2")
    assert violations(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".sheets-head")).to_be_hidden()
    page.emulate_media(media="screen")


def runs(organiser: Page, phone: Page, helpers: dict[str, Page], walls: dict[str, Page], address: str) -> None:
    organiser.goto(f"{address}/setup")
    organiser.get_by_role("button", name="Open the event").click()
    phone.goto(f"{address}/r/main-hall")  # by the code on its door
    for words, kind in ((SAID, "Post to the wall"), (ASKED, "Ask the speakers")):
        phone.get_by_label(kind).check()
        phone.locator("#text").fill(words)
        phone.locator("#send .button").click()
        expect(phone.locator("#mine .own", has_text=words)).to_be_visible()
    desk = helpers["Asha"]
    for words in (SAID, ASKED):
        chosen(desk, words).click()
        desk.keyboard.press("a")
        expect(chosen(helpers["Ben"], words)).to_have_count(0)
    for wall in walls.values():
        expect(wall.locator("#posts .post", has_text=SAID)).to_be_visible()
        expect(wall.locator("#frame .logo")).to_be_visible()
    asked = helpers["Nia Rees"].locator("#questions .question", has_text=ASKED)
    asked.get_by_role("button", name="Bring on stage").click()
    for page in (*walls.values(), phone):
        expect(page.locator("#onstage")).to_contain_text(ASKED)
    organiser.goto(f"{address}/setup/screens")
    for name in walls:
        expect(organiser.locator("#screens-now tr", has_text=name)).to_contain_text("now")


def chosen(desk: Page, words: str) -> Locator:
    return desk.locator("#held .post", has_text=words)


def closes(page: Page, address: str, walls: dict[str, Page]) -> None:
    page.goto(f"{address}/setup")
    page.locator("#state summary").click()
    page.get_by_label("What phones read then").fill("Diolch! Come again.")
    page.get_by_role("button", name="Close the event").click()
    expect(page.locator("#state")).to_contain_text("The event is over")
    visitor = page.context.browser.new_page()  # type: ignore[union-attr]
    visitor.goto(address)
    expect(visitor.locator("body")).to_contain_text("Diolch! Come again.")
    visitor.close()


def deletes(page: Page, address: str) -> None:
    page.goto(address.partition("/e/")[0])
    page.get_by_role("link", name="Delete Care by the Sea").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Everything (JSON)").click()
    copy = json.loads(taken.value.path().read_text())
    assert {post["text"] for post in copy["posts"]} == {SAID, ASKED}
    page.get_by_label("Type its address").fill("care-by-the-sea-2026")
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="All events")).to_be_visible()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
