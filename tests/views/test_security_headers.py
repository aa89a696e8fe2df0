"""Guards around every request: another site's pages, large bodies, headers, mistakes of ours."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from app.actions.arrivals import receive
from app.domain.access import Role
from tests.conftest import incoming
from tests.views.site import OURS, Site


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_sites_page_may_not_write(site: Site, origin: dict[str, str]) -> None:
    site.enter(Role.MODERATOR, "desk")
    now = datetime.now(UTC)
    post_id = site.do(receive, site.event.id, incoming(), at=now).post_id
    assert site.client.post(f"/posts/{post_id}/approval", headers=origin).status_code == 403
    assert site.client.post(f"/posts/{post_id}/approval", headers=OURS).status_code == 200


def test_a_body_that_is_too_large_is_refused(site: Site) -> None:
    site.client.get("/e/box10")
    assert site.post("/posts", text="x" * 100_000).status_code == 413


def test_every_answer_carries_the_security_headers(site: Site) -> None:
    for path in ("/e/box10", "/e/nowhere", "/up", "/docs"):
        headers = site.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("kind", "is_page"), [("css", False), ("js", False), ("svg", True), ("txt", True)])
def test_what_only_pages_obey_weighs_on_nothing_that_is_no_page(site: Site, kind: str, is_page: bool) -> None:
    """A script can be no page; a picture, and the answer that there is none, can."""
    page = site.client.get("/e/box10").text
    base = page.partition('rel="stylesheet" href="')[2].partition("/css/")[0]
    path = {"css": "/css/bundles/floor.css", "js": "/js/floor.js", "svg": "/favicon.svg", "txt": "/nowhere.js"}[kind]
    headers = site.client.get(base + path).headers
    assert ("content-security-policy" in headers) is is_page
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_every_answer_says_that_it_is_ours(site: Site, accept: str) -> None:
    """Our scripts take nothing else for an answer: a portal's page must not pass for a stored post."""
    for path in ("/e/box10", "/e/box10/mine", "/e/nowhere", "/e/box10/desk", "/up", "/live/box10/cellar"):
        assert site.client.get(path, headers={"Accept": accept}).headers["backchannel"] == "1"
    for sent in ({"text": "Is there a hearing loop?"}, {"text": ""}, {"text": "x" * 600}):
        assert site.post("/posts", **sent).headers["backchannel"] == "1"
    assert site.client.post("/e/box10/posts").headers["backchannel"] == "1"


def test_a_mistake_of_ours_is_a_page_that_says_what_to_do(site: Site) -> None:
    def boom() -> None:
        raise ZeroDivisionError

    site.client.app.add_api_route("/boom", boom)  # type: ignore[attr-defined]
    with TestClient(site.client.app, raise_server_exceptions=False) as careful:
        answer = careful.get("/boom")
        toast = careful.get("/boom", headers={"HX-Request": "true"})
    assert (answer.status_code, toast.status_code) == (500, 500)
    assert "please try again" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["backchannel"] == toast.headers["backchannel"] == "1"
    assert "ZeroDivisionError" not in answer.text
    assert toast.text.startswith("<hx-partial")
