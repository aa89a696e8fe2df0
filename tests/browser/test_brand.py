"""The look in a browser: tried on five screens beside its form, saved, and on screens that are open at once."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from app.actions.brand import change_brand
from app.domain.access import Role
from app.domain.brand import LONGEST_INVITATION
from app.domain.brand_picture import PictureUse
from app.outbound.brand_pictures import draw_logo
from tests.brand_files import LOGO_SVG, hall_png, logo_png
from tests.browser.conftest import People
from tests.browser.layout import faults
from tests.browser.test_states import CONTRAST, violations
from tests.running import Running
from tests.until import until_now

HUES = """() => Object.fromEntries(['--wall-ground', '--wall-accent', '--accent'].map((name) =>
  [name, getComputedStyle(document.documentElement).getPropertyValue(name).trim()]))"""
WHOLE = "() => Promise.all([...document.images].map((image) => image.decode())).then(() => true)"
FRAME = """() => {
  const side = document.querySelector('.wall-side').getBoundingClientRect();
  const boxes = [...document.querySelectorAll('.frame .logo, .frame h1, .frame-code, .frame-call, .frame-address, .wall-clock')]
    .filter((one) => getComputedStyle(one).display !== 'none').map((one) => [one.className || one.tagName, one.getBoundingClientRect()]);
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 2 || b.bottom <= a.top + 2;
  const wrong = boxes.filter(([, box]) => box.bottom > side.bottom + 3 || box.right > side.right + 1 || box.height < 8).map(([name]) => `${name} is cut`);
  boxes.forEach(([name, box], place) => boxes.slice(place + 1).forEach(([other, next]) => {
    if (!apart(box, next)) wrong.push(`${name} lies over ${other}`);
  }));
  return wrong;
}"""
SAMPLES = ("wall", "holding", "stage", "desk", "floor")


def looks(server: Running, people: People, **options: Any) -> Page:
    page = people.open(Role.OWNER, reduced_motion="reduce", **options)
    page.goto(f"{server.floor}/setup/brand")
    return page


def in_sight(page: Page) -> bool:
    """Whether the form's fields and all samples stand beside each other in the window."""
    size = page.viewport_size
    assert size is not None
    boxes = [page.locator(f".sample-{name}").bounding_box() for name in SAMPLES]
    form = page.locator("#look").bounding_box()
    assert form is not None
    return all(
        box and box["x"] >= form["x"] + form["width"] and box["x"] + box["width"] <= size["width"] for box in boxes
    ) and all(box and box["y"] + box["height"] <= size["height"] for box in boxes)


def test_a_look_is_tried_saved_and_on_open_screens_at_once(server: Running, people: People, tmp_path: Path) -> None:
    wall, floor = people.open(Role.SCREEN), people.open(None)
    for page in (wall, floor):
        expect(page.locator("body")).to_have_attribute("data-connection", "up")
    page = looks(server, people)
    assert in_sight(page)
    for name, content in (("logo.svg", LOGO_SVG), ("hall.png", hall_png()), ("page.svg", b"<html/>")):
        (tmp_path / name).write_bytes(content)
    page.get_by_label("Logo", exact=True).set_input_files(tmp_path / "page.svg")
    expect(page.locator("#look-said")).to_contain_text("cannot be read")
    page.get_by_label("Logo", exact=True).set_input_files(tmp_path / "logo.svg")
    page.get_by_label("Picture behind everything").set_input_files(tmp_path / "hall.png")
    page.get_by_label("Colour", exact=True).fill("#e6ff00")
    page.get_by_label("How to join").fill("Ask Nia and Omar")
    expect(page.locator("#look-said")).to_contain_text("Nothing is saved yet")
    expect(page.locator(".sample-wall .logo")).to_be_visible()
    expect(page.locator(".sample-holding .sample-picture")).to_be_visible()
    expect(page.locator(".sample-floor")).to_contain_text("Ask Nia and Omar")
    expect(page.locator(".brand-readings")).to_contain_text("changed, so that it can be read")
    assert wall.locator("link[data-brand]").count() == 0
    assert (faults(page), violations(page)) == ([], [])
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.locator("#look-said")).to_contain_text("Saved.")
    for screen in (wall, floor):
        expect(screen.locator("link[data-brand]")).to_have_count(1)
        expect(screen.locator("#frame")).to_contain_text("Ask Nia and Omar")
        expect(screen.locator("#frame .logo")).to_be_visible()
        screen.evaluate(WHOLE)
        until_now(lambda screen=screen: screen.evaluate(HUES)["--wall-accent"] == "#e6ff00")  # its sheet comes after it
        pushed = screen.evaluate(HUES)
        screen.reload()
        until_now(lambda screen=screen, pushed=pushed: screen.evaluate(HUES) == pushed)
    expect(wall.locator(".wall-picture img")).to_be_visible()
    page.get_by_label("Colour", exact=True).fill("teal")
    for label in ("Take the logo away", "Take the picture away"):
        page.get_by_label(label).check()
    page.get_by_role("button", name="Save").click()
    for screen in (wall, floor):
        expect(screen.locator("link[data-brand]")).to_have_count(0)
        expect(screen.locator(".logo")).to_have_count(0)
    assert people.problems == []


def test_what_was_chosen_before_the_script_was_there_is_shown_too(
    server: Running, people: People, tmp_path: Path
) -> None:
    """On a slow network people are quicker than a script."""
    (tmp_path / "logo.svg").write_bytes(LOGO_SVG)
    page = people.open(Role.OWNER, reduced_motion="reduce")
    held: list[Route] = []
    page.route("**/setup_brand.js", lambda route: held.append(route))  # noqa: PLW0108 - it asks how many it takes
    page.goto(f"{server.floor}/setup/brand", wait_until="commit")
    page.get_by_label("Logo", exact=True).set_input_files(tmp_path / "logo.svg")
    page.get_by_label("Colour", exact=True).fill("Hot Pink")
    until_now(lambda: held and page.title())
    held[0].continue_()
    expect(page.locator(".sample-wall .logo")).to_be_visible()
    expect(page.locator('[data-colour="accent"]')).to_have_value("#ff69b4")
    assert people.problems == []


@pytest.mark.parametrize("language", ["en-GB", "ar-XB"])
def test_the_page_is_whole_at_any_size_by_day_and_by_night(server: Running, people: People, language: str) -> None:
    page = looks(server, people, locale=language)
    found: dict[str, list[str]] = {}
    for colour in ("#e6ff00", "#0a0a0a", "#808080"):
        page.locator("#accent").fill(colour)
        expect(page.locator(".brand-readings")).to_be_visible()
        expect(page.locator(f'link[href*="accent=%23{colour[1:]}"]').first).to_be_attached()
        for width, height in ((1440, 900), (390, 844), (320, 640)):
            page.set_viewport_size({"width": width, "height": height})
            found[f"{colour} {width}"] = faults(page)
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found[f"{colour} {scheme}"] = violations(page, CONTRAST)
    assert {where: what for where, what in found.items() if what} == {}
    assert people.problems == []


@pytest.mark.parametrize(("shape", "size"), [("banner", (900, 90)), ("tall", (90, 400)), ("square", (300, 300))])
def test_a_logo_and_the_longest_invitation_leave_code_and_address_whole(
    server: Running, people: People, shape: str, size: tuple[int, int]
) -> None:
    wall = people.open(Role.SCREEN)
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    invitation = ("Every voice counts, whoever you are and wherever you sit: ask!" + "!" * 60)[:LONGEST_INVITATION]
    look = {"accent": "#808080", "wall": "light", "ground": "grey", "invitation": invitation}
    pictures = {PictureUse.LOGO: draw_logo(logo_png("black", size))}
    server.do(change_brand, server.event.id, **look, pictures=pictures, at=datetime.now(UTC))
    expect(wall.locator(f".frame .logo-{shape}")).to_be_visible()
    found = {}
    for width, height in ((1920, 1080), (3840, 2160), (1024, 768), (1080, 1920), (390, 844)):
        wall.set_viewport_size({"width": width, "height": height})
        wall.evaluate(WHOLE)
        wall.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found[f"{width}x{height}"] = wall.evaluate(FRAME)
    assert {where: what for where, what in found.items() if what} == {}
    assert people.problems == []
