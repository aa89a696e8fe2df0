"""An event's address leads to it as people type and copy it, on every screen."""

import pytest

from app.domain.access import Role
from tests.views.site import Site

TYPED = [
    "BOX10",
    "Box10",
    "box10.",
    "box10...",
    "box10/",
    "BOX10./",
    "box10,",
    "box10)",
    "“box10”",
    "box10…",
    "box10。",
]


@pytest.mark.parametrize("slug", [*TYPED, "ｂｏｘ10", "%23box10", "box10%20", "box10:", "box10!"])
def test_the_floor_is_found_as_its_address_is_typed(site: Site, slug: str) -> None:
    answer = site.client.get(f"/e/{slug}")
    assert (answer.status_code, answer.url.path) == (200, "/e/box10")


@pytest.mark.parametrize("path", ["/E/box10", "/E/BOX10/", "//e/box10", "/e//BOX10.", "/E/box10?sent=1"])
def test_capitals_and_slashes_too_many_lead_to_it_too(site: Site, path: str) -> None:
    answer = site.client.get(f"http://testserver{path}")
    assert (answer.status_code, answer.url.path) == (200, "/e/box10")
    assert ("sent" in str(answer.url)) is ("sent" in path)


@pytest.mark.parametrize("path", ["/e/BOX10/wall", "/e/box10/wall/", "/e/box10/wall.", "/E/box10./wall"])
def test_a_screen_is_found_too_by_whoever_may_open_it(site: Site, path: str) -> None:
    assert site.client.get(path).status_code == 403
    site.enter(Role.SCREEN, "wall")
    answer = site.client.get(path)
    assert (answer.status_code, answer.url.path) == (200, "/e/box10/wall")


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/.", "/nowhere.", "/e/", "/e/nowhere", "/e/box-10", "/e/box10/nowhere.."]
)
def test_what_is_nowhere_stays_here_and_says_so(site: Site, path: str) -> None:
    answer = site.client.get(f"http://testserver{path}")
    assert (answer.status_code, answer.url.host) == (404, "testserver")
