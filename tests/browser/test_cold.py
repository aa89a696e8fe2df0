"""A phone that has seen nothing gets the floor in few and small pieces; each screen has the rules it needs, and no others."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.actions.links import give_link
from app.demo.playing import make_demo, open_the_doors
from app.domain.access import Role
from app.settings import Settings
from app.views.bundles import joined, tight
from app.views.static_files import FRONTEND, VersionedStatic
from tests.browser.cold import visit
from tests.browser.conftest import People
from tests.running import Running, ThreadedServer

STATIC = FRONTEND / "static"
SHEETS = [
    file.name for file in (STATIC / "css").glob("*.css") if file.name not in {"tokens.css", "fonts.css", "base.css"}
]
PAGES = {
    Role.SCREEN: ["wall"],
    Role.SPEAKER: ["stage"],
    Role.OWNER: ["desk", "desk?list=approved", "setup", "setup/rules", "setup/watch", "log?machine=true", "figures"],
    None: ["", "../../docs", "../nowhere"],
}
# Which rules of a sheet would do something here, if the page had the sheet.
MATCHES = """
async (url) => {
  const sheet = new CSSStyleSheet();
  const text = (await (await fetch(url)).text()).replace(/@import[^;]*;/g, '');
  sheet.replaceSync(text);
  const selectors = (rules) => [...rules].flatMap((rule) => rule.selectorText ?? (rule.cssRules ? selectors(rule.cssRules) : []));
  const plain = (selector) => selector.replace(/::?(before|after|backdrop|marker|placeholder|hover|active|focus[a-z-]*)/g, '');
  return selectors(sheet.cssRules).filter((selector) => {
    try { return document.querySelector(plain(selector)); } catch { return false; }
  });
}
"""

# All that a sheet says; what stands in a variable is told as it was written, with its spaces.
MEANS = """
(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const told = (rules) => [...rules].map((one) => [
    one.selectorText ?? one.conditionText?.replace(/: /g, ':') ?? one.name ?? one.constructor.name,
    [...(one.style ?? [])].map((name) => [name, one.style.getPropertyValue(name).replace(/\\s/g, ''), one.style.getPropertyPriority(name)]),
    told(one.cssRules ?? []),
  ]);
  return told(sheet.cssRules);
}
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A sample conference: many posts with pictures, questions, links, several languages."""
    data = tmp_path_factory.mktemp("demo")
    threaded = ThreadedServer(Settings(_env_file=None, data_dir=data, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"))  # type: ignore[call-arg]
    running = threaded.start()

    async def furnish() -> dict[Role, str]:
        doors = threaded.app.state.context.backchannel
        event = await make_demo(doors, at=datetime.now(UTC))
        await open_the_doors(doors, event.id, now=lambda: datetime.now(UTC))
        running.event = event
        return {role: (await doors.do(give_link, event.id, role, at=datetime.now(UTC))).token for role in Role}

    running.tokens = threaded._on_loop(furnish())
    yield running
    threaded.stop()


def test_the_floor_comes_in_at_most_eight_pieces_and_sixty_kilobytes(browser: Browser, demo: Running) -> None:
    seen = visit(browser, None, demo.floor)
    assert len(seen.asked) == seen.requests <= 8, seen.asked
    assert seen.size <= 60_000, seen.kinds
    assert seen.kinds["script"] <= 26_500
    assert seen.kinds["stylesheet"] <= 10_500  # with the event's own look
    assert seen.kinds["font"] == 0
    # Nothing is in the way of the sheet, without which nothing is seen: pictures and the logo come after the script.
    script = next(place for place, url in enumerate(seen.asked) if url.endswith(".js"))
    assert [url for url in seen.asked[1:script] if "/pictures/" in url or "/brand/" in url] == [], seen.asked


def test_pictures_of_lists_come_with_whoever_comes_to_them(browser: Browser, demo: Running) -> None:
    """And at once where nobody has to come: on a high window, and without scripts."""
    people = People(browser, demo)
    shown = "#posts .avatar img"
    phone = people.open(None)
    expect(phone.locator("body")).to_have_attribute("data-connection", "up")
    assert phone.locator(shown).count() > 0
    assert phone.locator(f"{shown}:visible").count() == 0
    phone.locator(shown).last.evaluate("picture => picture.closest('article, .post').scrollIntoView()")
    expect(phone.locator(shown).last).to_be_visible()
    expect(people.open(None, viewport={"width": 900, "height": 3000}).locator(shown).first).to_be_visible()
    expect(people.open(None, java_script_enabled=False).locator(shown).first).to_be_visible()
    for context in people.contexts:
        context.close()


@pytest.mark.parametrize("role", [Role.SCREEN, Role.SPEAKER, Role.MODERATOR])
def test_the_other_screens_ask_once_for_rules_and_once_for_scripts(browser: Browser, demo: Running, role: Role) -> None:
    seen = visit(browser, role, demo.link(role))
    assert [url for url in seen.asked if (".css" in url or ".js" in url) and "/brand-" not in url] == [
        url
        for url in seen.asked
        if f"/css/bundles/{url.rpartition('/')[2]}" in url or f"/js/{url.rpartition('/')[2]}" in url
    ]
    assert sum(seen.kinds[kind] for kind in ("document", "script", "stylesheet")) <= 66_000, seen.kinds


def test_a_phone_loads_no_letters_and_a_big_screen_does(people: People) -> None:
    for role, width, loads in ((None, 1440, False), (Role.MODERATOR, 390, False), (Role.MODERATOR, 1440, True)):
        page = people.open(role, viewport={"width": width, "height": 844})
        expect(page.locator("body")).to_have_attribute("data-connection", "up")
        page.evaluate("() => document.fonts.ready.then(() => null)")
        assert (
            page.evaluate("() => [...document.fonts].filter((face) => face.status === 'loaded').length") > 0
        ) is loads


def test_what_is_sent_of_a_sheet_means_the_same_as_what_was_joined(people: People) -> None:
    page = people.open(None)
    for file in sorted((STATIC / "css" / "bundles").glob("*.css")):
        sheet = joined(f"css/bundles/{file.name}", lambda part: (STATIC / part).read_text())
        assert page.evaluate(MEANS, tight(sheet)) == page.evaluate(MEANS, sheet), file.name


def test_a_rule_that_would_change_a_page_is_found(people: People) -> None:
    page = people.open(None)
    version = VersionedStatic(STATIC).version
    assert ".floor-frame h1" in page.evaluate(MATCHES, f"/static/{version}/css/floor.css")
    assert ".button:hover" in page.evaluate(MATCHES, f"/static/{version}/css/components.css")


@pytest.mark.parametrize("role", PAGES)
def test_a_page_lacks_no_rule_that_would_change_it(demo: Running, people_of: Any, role: Role | None) -> None:
    page: Page = people_of(role)
    version = VersionedStatic(STATIC).version
    for path in PAGES[role]:
        page.goto(f"{demo.url}/e/{demo.event.slug}/{path}".rstrip("/"))
        has = page.locator('link[rel="stylesheet"]:not([data-brand])').get_attribute("href") or ""
        joined = (STATIC / has.partition(f"{version}/")[2]).read_text()
        missing = {
            name: found
            for name in SHEETS
            if f'"../{name}"' not in joined and (found := page.evaluate(MATCHES, f"/static/{version}/css/{name}"))
        }
        assert missing == {}, path


@pytest.fixture
def people_of(browser: Browser, demo: Running) -> Iterator[Any]:
    people = People(browser, demo)
    yield people.open
    for context in people.contexts:
        context.close()
