"""Everybody can use every screen in every state: axe finds nothing, with everything on it, at two sizes, by day and night."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from fastapi.routing import iter_route_contexts
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from app.actions.arrivals import receive
from app.domain.access import Role
from app.domain.post import Post
from app.main import create_app
from app.settings import Settings
from tests.browser.conftest import SIZES, People
from tests.browser.every_state import STATES
from tests.browser.furnished import furnish_everything
from tests.browser.states import State
from tests.browser.wall_contents import STACKED, hostile, now, on_stage
from tests.conftest import incoming
from tests.running import Running, ThreadedServer

LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PLACES = [
    "region", "landmark-one-main", "landmark-unique", "landmark-no-duplicate-main", "landmark-main-is-top-level",
    "landmark-no-duplicate-banner", "page-has-heading-one", "heading-order", "aria-dialog-name", "skip-link",
]  # fmt: skip
"""What makes a page a place in which one finds one's way."""
# Of what passes, axe need not say in which elements: that takes half of its time.
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}
EVERYTHING = {
    "runOnly": {"type": "tag", "values": LEVEL_AA},
    "rules": {rule: {"enabled": True} for rule in PLACES},
    **ONLY_VIOLATIONS,
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, **ONLY_VIOLATIONS}
PHONE, DESKTOP = SIZES[None], {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    for running in serving(tmp_path_factory.mktemp("full")):
        yield furnish_everything(running)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from serving(tmp_path_factory.mktemp("bare"))


def serving(data: Path) -> Iterator[Running]:
    threaded = ThreadedServer(
        Settings(_env_file=None, data_dir=data, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    )
    yield threaded.start()
    threaded.stop()


class Screens:
    """A page for each role and size, which goes from state to state; only a phone is somebody else in each."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._people: People | None = None
        self._server: Running | None = None
        self._pages: dict[str, Page] = {}

    def enter(self, server: Running, state: State, **options: Any) -> Page:
        if server is not self._server:
            self.close()
            self._server, self._people, self._pages = server, People(self._browser, server), {}
        assert self._people is not None
        name = f"{state.role} {options} {state if state.role is None else ''}"
        if name not in self._pages:
            self._pages[name] = self._people.open(state.role, reduced_motion="reduce", **options)
        page = self._pages[name]
        page.set_viewport_size(options.get("viewport", SIZES[state.role]))
        page.emulate_media(color_scheme="light")
        state.enter(server, page)
        return page

    def problems(self) -> list[str]:
        """What pages have complained of since one asked."""
        assert self._people is not None
        told, self._people.problems[:] = list(self._people.problems), []
        return told

    def close(self) -> None:
        if self._people is not None:
            for context in self._people.contexts:
                context.close()


@pytest.fixture(scope="module")
def screens(browser: Browser) -> Iterator[Screens]:
    opened = Screens(browser)
    yield opened
    opened.close()


@pytest.fixture
def opens(screens: Screens) -> Iterator[Any]:
    yield screens.enter
    assert screens.problems() == []


def violations(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    # Half a megabyte of script is read once a page, and no more comes back than is asked for.
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options).then(({ violations }) => violations)", options)
    return [f"{one['id']}: {node['target']} {node['failureSummary'][:300]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_axe_finds_nothing_in_any_state(full: Running, opens: Any, state: State) -> None:
    page = opens(full, state, viewport=DESKTOP)
    found = {"by day": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["by night"] = violations(page, CONTRAST)
    page.set_viewport_size(PHONE)
    found["on a phone by night"] = violations(page)
    assert {where: what for where, what in found.items() if what} == {}


HELD_ELSEWHERE = {
    "/": "test_home.py",
    "/events/{slug}/deletion": "test_home.py",
    **{
        f"/e/{{slug}}/r/{{room}}{page}": "test_rooms.py: the same of one room"
        for page in ("", "/desk", "/stage", "/wall", "/remote", "/overlay", "/overlay/{piece}")
    },
    "/e/{slug}/overlay/{piece}": "a piece of the overlay",
    "/e/{slug}/packs": "test_packs.py",
    "/e/{slug}/talks/{talk_id}/pack": "test_packs.py",
    "/questions/{question_id}/merge": "test_packs.py",
    "/e/{slug}/links": "test_shelf.py",
    "/e/{slug}/missed": "test_shelf.py",
    "/s/{slug}/links": "test_shelf.py: the same of a series",
    "/letters/{token}": "test_shelf.py",
    "/e/{slug}/reflection": "test_reflection.py",
    "/e/{slug}/meet": "test_series.py",
    "/e/{slug}/meet/guests/{token}": "test_series.py: the same with one's own",
    "/e/{slug}/notes": "test_series.py",
    "/s/{slug}/survey": "test_series.py",
    "/s/{slug}": "test_series.py",
    "/s/{slug}/how": "test_series.py",
    "/s/{slug}/setup": "test_series.py",
    "/s/{slug}/{screen}": "leads to one of the others",
    "/e/{slug}/mine": "a part of the floor",
    "/e/{slug}/presence": "a part of the desk",
    "/e/{slug}/setup/screens/now": "a part of the screens",
    "/live/{slug}/{view}": "what is pushed",
}
"""Pages of no event, and parts of pages."""
NO_PAGE = re.compile(
    r"/api/|/(openapi\.json|up|ready|metrics)$|/(pictures|photos|brand|sponsors)/|\.(css|js|csv|ics|atom)$|\{(kind|ending)\}$"
)


def test_every_page_of_the_program_has_a_state() -> None:
    """A new page is looked at by axe, in its states, in longer languages and in forced colours, or fails here."""
    app = create_app(Settings(_env_file=None))  # type: ignore[call-arg]
    pages = {
        one.path
        for one in iter_route_contexts(app.routes)
        if "GET" in (one.methods or ()) and not NO_PAGE.search(one.path)
    }
    looked_at = {posixpath.normpath(f"/e/{{slug}}/{state.path.partition('?')[0]}") for state in STATES}
    assert pages - looked_at - HELD_ELSEWHERE.keys() == set()
    assert HELD_ELSEWHERE.keys() <= pages


@pytest.mark.parametrize("state", [state for state in STATES if "," not in state.name], ids=str)
def test_axe_finds_nothing_where_nothing_is_yet(bare: Running, opens: Any, state: State) -> None:
    assert violations(opens(bare, state)) == []


@pytest.mark.parametrize("name", ["desk", "stage", "floor", "wall"])
def test_axe_finds_nothing_in_what_would_spoil_a_screen(bare: Running, opens: Any, name: str) -> None:
    """Stacked marks, names without an end, words without a space; after the tests where nothing is yet."""
    if not bare.do(lambda db: len(db.exec(select(Post)).all())):
        hostile(bare)
        bare.do(receive, bare.event.id, incoming("𒐫" * 60 + STACKED * 4, ref="waits"), at=now())
        on_stage(bare, "unbroken" * 60, name=STACKED)
    page = opens(bare, next(state for state in STATES if state.name == name))
    assert violations(page) == []


@pytest.mark.parametrize("role", SIZES)
def test_a_screen_asks_nobody_but_our_server(full: Running, browser: Browser, role: Role | None) -> None:
    people = People(browser, full)
    context = people.context(role)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(full.link(role) if role else full.floor)
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    context.close()
    assert asked
    assert [url for url in asked if not url.startswith(full.url)] == []
