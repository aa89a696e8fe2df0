"""Everybody can use every screen in every state: axe finds nothing, with everything on it, at two sizes, by day and night."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.settings import Settings
from tests.browser.conftest import SIZES, People
from tests.browser.furnished import furnish_everything
from tests.browser.states import STATES, State
from tests.running import Running, ThreadedServer

LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PLACES = [
    "region", "landmark-one-main", "landmark-unique", "landmark-no-duplicate-main", "landmark-main-is-top-level",
    "landmark-no-duplicate-banner", "page-has-heading-one", "heading-order", "aria-dialog-name", "skip-link",
]  # fmt: skip
"""What makes a page a place in which one finds one's way."""
EVERYTHING = {"runOnly": {"type": "tag", "values": LEVEL_AA}, "rules": {rule: {"enabled": True} for rule in PLACES}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
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


@pytest.fixture
def opens(browser: Browser) -> Iterator[Any]:
    crowd: list[People] = []

    def enter(server: Running, state: State, **options: Any) -> Page:
        people = People(browser, server)
        crowd.append(people)
        page = people.open(state.role, reduced_motion="reduce", **options)
        state.enter(server, page)
        return page

    yield enter
    for people in crowd:
        for context in people.contexts:
            context.close()
    assert [problem for people in crowd for problem in people.problems] == []


def violations(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:300]}"
        for one in Axe().run(page, options=options).response["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_axe_finds_nothing_in_any_state(full: Running, opens: Any, state: State) -> None:
    page = opens(full, state, viewport=DESKTOP)
    found = {"by day": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["by night"] = violations(page, CONTRAST)
    page.set_viewport_size(PHONE)
    found["on a phone by night"] = violations(page)
    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.parametrize("state", [state for state in STATES if "," not in state.name], ids=str)
def test_axe_finds_nothing_where_nothing_is_yet(bare: Running, opens: Any, state: State) -> None:
    assert violations(opens(bare, state)) == []
