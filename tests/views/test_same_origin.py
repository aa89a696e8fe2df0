"""Writes come from our own pages, or from programs that show a key instead of a cookie."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.actions.links import Link
from app.domain.access import Role
from app.domain.event import Event
from app.main import create_app
from app.settings import Settings
from app.views.same_origin import is_same_origin
from tests.databases import lay_down
from tests.running import furnish

OURS = "https://testserver"
PUBLIC = "https://live.example.org"


class Site:
    """The program, and a moderator's browser that has the desk open."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        assert client.portal is not None
        doors = client.app.state.context.backchannel  # type: ignore[attr-defined]
        furnished: tuple[Event, object, dict[Role, Link]] = client.portal.call(furnish, doors)
        self.event, _, links = furnished
        self.key = links[Role.MODERATOR].token
        client.get(f"/e/box10/desk?key={self.key}")

    def writes(self, path: str = "/e/box10/undo", **headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return int(self.client.post(path, headers=named, follow_redirects=False).status_code)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Settings(
        _env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", public_url=PUBLIC
    )  # type: ignore[call-arg]
    # The cookies are for https only, as the public address is; this client talks to it as the proxy in front does.
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False), base_url="https://testserver") as client:
        yield Site(client)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "none"},
        {"origin": OURS},
        {"origin": PUBLIC},
        {"referer": f"{PUBLIC}/e/box10/desk"},
    ],
)
def test_our_own_pages_may_write(site: Site, headers: dict[str, str]) -> None:
    assert site.writes(**headers) == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "same-site", "origin": PUBLIC},
        {"origin": "https://elsewhere.example"},
        {"origin": "https://other.example.org"},
        {"origin": "null"},
        {"origin": f"{PUBLIC}.elsewhere.example"},
        {"referer": "https://elsewhere.example/e/box10/desk"},
    ],
)
def test_a_page_of_another_site_may_not_not_even_of_a_neighbour(site: Site, headers: dict[str, str]) -> None:
    assert site.writes(**headers) == 403


def test_a_program_with_a_key_and_no_cookie_may_write_from_anywhere(site: Site) -> None:
    site.client.cookies.clear()
    assert site.writes("/api/v1/event/clearing", authorization=f"Bearer {site.key}") == 200


@pytest.mark.parametrize("path", ["/api/v1/event/clearing", "/e/box10/undo"])
@pytest.mark.parametrize("site_of_page", [{"sec_fetch_site": "cross-site"}, {"origin": "https://elsewhere.example"}])
def test_a_foreign_page_gains_nothing_by_a_key_beside_the_cookies(
    site: Site, path: str, site_of_page: dict[str, str]
) -> None:
    assert site.writes(path, authorization=f"Bearer {site.key}", **site_of_page) == 403


@pytest.mark.parametrize(
    ("origin", "host", "scheme", "public", "ours"),
    [
        ("https://live.example.org", "live.example.org", "https", PUBLIC, True),
        ("http://live.example.org", "live.example.org", "https", PUBLIC, False),
        ("http://live.example.org", "live.example.org", "http", PUBLIC, False),
        ("https://live.example.org", "live.example.org", "http", PUBLIC, True),
        ("http://live.example.org", "live.example.org", "wss", "", False),
        ("http://192.168.0.5:8000", "192.168.0.5:8000", "http", PUBLIC, True),
        ("https://192.168.0.5:8000", "192.168.0.5:8000", "http", "", True),
        ("http://192.168.0.5:8000", "192.168.0.5:9000", "http", PUBLIC, False),
        ("ftp://live.example.org", "live.example.org", "https", PUBLIC, False),
        ("//live.example.org", "live.example.org", "https", PUBLIC, False),
        ("null", "null", "https", PUBLIC, False),
        ("https://[", "live.example.org", "https", PUBLIC, False),
        ("", "", "https", "", False),
    ],
)
def test_an_origin_is_a_scheme_too(origin: str, host: str, scheme: str, public: str, ours: bool) -> None:
    assert is_same_origin(origin, host, scheme, public) is ours


def test_where_people_come_by_https_they_are_told_to_keep_to_it(site: Site, tmp_path: Path) -> None:
    for path in ("/up", "/e/box10", "/nowhere"):
        assert site.client.get(path).headers["strict-transport-security"].startswith("max-age=31536000")
    plain = Settings(_env_file=None, data_dir=tmp_path / "plain", secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    with TestClient(create_app(plain, by_itself=False)) as client:
        assert "strict-transport-security" not in client.get("/up").headers
