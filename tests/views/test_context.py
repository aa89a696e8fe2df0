"""Without JavaScript a page says once how the form went that led to it."""

from datetime import UTC, datetime

import pytest
from lxml import html

from app.actions.arrivals import receive
from app.domain.access import Role
from tests.conftest import incoming
from tests.views.site import OURS, Site

PAGE = "http://testserver/e/box10"


def toasts(page: str) -> list[str]:
    box = html.document_fromstring(page).get_element_by_id("toasts")
    return [str(toast.text_content()).strip() for toast in box.find_class("toast")]


@pytest.mark.parametrize(
    ("role", "page", "path", "said"),
    [
        (Role.MODERATOR, "desk", "/posts/1/approval", "Approved."),
        (Role.MODERATOR, "desk?list=approved", "/posts/1/stash", "Kept for later."),
        (Role.MODERATOR, "desk", "/e/box10/undo", "There is nothing of yours to undo."),
        (Role.MODERATOR, "desk", "/posts/1/question", "Now a question."),
        (Role.SPEAKER, "stage", "/e/box10/stage/undo", "There is nothing of yours to take back."),
    ],
)
def test_a_plain_form_is_told_what_it_did(site: Site, role: Role, page: str, path: str, said: str) -> None:
    site.do(receive, site.event.id, incoming(), at=datetime.now(UTC))
    site.enter(role, page.partition("?")[0])
    sent = site.client.post(path, headers={**OURS, "Referer": f"{PAGE}/{page}"})
    assert toasts(sent.text) == [said]
    assert toasts(site.client.get(f"/e/box10/{page}").text) == [], "once"


def test_no_other_screen_says_it(site: Site) -> None:
    site.do(receive, site.event.id, incoming(), at=datetime.now(UTC))
    site.enter(Role.MODERATOR, "desk")
    site.client.post("/posts/1/approval", headers={**OURS, "Referer": f"{PAGE}/desk"}, follow_redirects=False)
    assert toasts(site.client.get("/e/box10/wall").text) == []
    assert toasts(site.client.get("/e/box10/desk").text) == ["Approved."]


def test_nobody_else_can_make_a_page_say_something(site: Site) -> None:
    site.enter(Role.MODERATOR, "desk")
    site.client.cookies.set("told", "Call this number", path="/e/box10/desk")
    assert toasts(site.client.get("/e/box10/desk").text) == []


@pytest.mark.parametrize(
    "referer",
    ["http://[bad", "http://[::1", "//", "http://testserver//elsewhere.example/", "\xff", "javascript:x", "#" * 9_000],
)
@pytest.mark.parametrize("path", ["/posts/1/approval", "/e/box10/undo", "/posts/99/approval"])
def test_nobody_is_sent_elsewhere_and_nothing_breaks_by_where_a_form_says_it_was(
    site: Site, referer: str, path: str
) -> None:
    site.do(receive, site.event.id, incoming(), at=datetime.now(UTC))
    site.enter(Role.MODERATOR, "desk")
    headers = {**OURS, "Referer": referer.encode("latin-1")}
    sent = site.client.post(path, headers=headers, follow_redirects=False)
    assert sent.status_code < 500
    assert sent.headers.get("location", "/").startswith("/")
    assert not sent.headers.get("location", "/").startswith("//")
