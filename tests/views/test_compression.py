"""Pages go compressed, but never where a length could tell another site's page something."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.domain.access import Role
from app.main import create_app
from app.settings import Settings
from app.views.compression import accepts_gzip, compressed
from tests.databases import lay_down
from tests.views.site import OURS, Site

PUBLIC = "https://live.example.org"
PAGES = ["", "/desk", "/setup", "/log", "/stage", "/wall", "/mine"]
OWN_STEPS = [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
OTHERS_STEPS = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {}]


@pytest.fixture
def over_tls(tmp_path: Path) -> Iterator[Site]:
    made = Settings(
        _env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", public_url=PUBLIC
    )  # type: ignore[call-arg]
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False), base_url=PUBLIC) as client:
        yield Site(client)


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("*", True),
        ("*;q=0", False),
        ("*;q=0, gzip", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("identity", False),
        ("br", False),
        ("", False),
        ("gzipped", False),
        (";;;,q=,gz\x00ip", False),
    ],
)
def test_gzip_is_for_who_takes_it(header: str, takes: bool) -> None:
    assert accepts_gzip(header) is takes


def test_the_same_content_is_compressed_to_the_same() -> None:
    assert compressed(b"a word " * 500) == compressed(b"a word " * 500)


def test_a_page_is_compressed_and_says_so(site: Site) -> None:
    packed = site.client.get("/e/box10", headers={"Accept-Encoding": "gzip"})
    plain = site.client.get("/e/box10", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "<!doctype html>" in packed.text


def test_what_is_small_or_no_page_stays_as_it_is(site: Site) -> None:
    for path in ("/up", "/openapi.json", "/e/box10/mine"):
        assert "content-encoding" not in site.client.get(path).headers


def test_whoever_reads_by_a_step_of_their_own_gets_it_compressed(over_tls: Site) -> None:
    over_tls.enter(Role.OWNER, "desk")
    for path in PAGES:
        for step in OWN_STEPS:
            answer = over_tls.client.get(f"/e/box10{path}", headers=step)
            assert (path, answer.headers["cache-control"]) == (path, "no-store")
            assert (path, answer.headers.get("content-encoding")) == (path, None if path == "/mine" else "gzip")


def test_another_sites_page_learns_no_length(over_tls: Site) -> None:
    over_tls.enter(Role.OWNER, "desk")
    for path in PAGES:
        for step in OTHERS_STEPS:
            answer = over_tls.client.get(f"/e/box10{path}", headers=step)
            assert (path, answer.status_code) == (path, 200)
            assert (path, answer.headers.get("content-encoding")) == (path, None)
            # And the proxy in front of us does not compress it either.
            assert answer.headers["cache-control"] == "no-store, no-transform"


def test_a_phone_of_which_we_know_nothing_gets_it_compressed(over_tls: Site) -> None:
    for step in (*OWN_STEPS, *OTHERS_STEPS):
        over_tls.client.cookies.clear()
        assert over_tls.client.get("/e/box10", headers=step).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("path", "said", "shown"),
    [
        ("/setup/links", {"role": "speaker"}, "?key="),
        ("/setup/hooks", {"url": "https://hooks.example.org/a"}, "data-secret"),
    ],
)
def test_a_page_that_shows_a_key_is_never_compressed(site: Site, path: str, said: dict[str, str], shown: str) -> None:
    site.enter(Role.OWNER, "setup")
    answer = site.client.post(f"/e/box10{path}", data=said, headers={**OURS, "Sec-Fetch-Site": "same-origin"})
    assert shown in answer.text
    assert "content-encoding" not in answer.headers
    assert "no-transform" in answer.headers["cache-control"]
