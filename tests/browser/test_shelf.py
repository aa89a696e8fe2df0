"""The shelf and what was missed: axe finds nothing by day, by night and on a phone, all is translated, nothing is cut."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser
from sqlmodel import Session, select

from app.actions.digests import ask_for_digest
from app.actions.questions import bring_on_stage, make_question, mark_answered
from app.actions.resources import mark_resource, note_links, note_page
from app.actions.scenes import announce
from app.actions.stars import star_post
from app.actions.votes import vote
from app.domain.access import Role
from app.domain.digest import DigestMail, DigestMoment
from app.domain.event import Event
from app.domain.resource import Asked, Mark, PageAsked
from app.queries.shelf import resources
from app.views.cookies import Cookies
from app.views.languages import PSEUDO
from app.views.reading.digest_mail import letter_path
from tests.browser.test_series import looked_at
from tests.browser.test_states import DESKTOP, serving
from tests.conftest import ASHA
from tests.running import Running
from tests.shared_links import on_shelf, share

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from serving(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def letter(server: Running) -> str:
    """A shelf with something of each sort, and a letter that asks; gives the letter's page."""
    event_id = server.event.id

    def in_pseudo(db: Session) -> None:
        event = db.get_one(Event, event_id)
        event.language, event.name = PSEUDO, "10"

    server.do(in_pseudo)
    ids = []
    for number in range(4):
        source, url = ("x", "floor")[number % 2], f"https://{number}.example/{'1' * 60 * number}?10={number}"
        more = {"title": "10" * 30 if number == 1 else "", "words": "10", "source": source, "by": f"1{number}"}
        at = NOW - timedelta(minutes=number)
        ids.append(server.do(share, event_id, url, str(number), posted_at=at, at=at, **more))
        server.do(star_post, ids[-1], by=ASHA, at=NOW)
    server.do(note_links, event_id, at=NOW)
    for number, row in enumerate(server.do(resources, event_id).values()):
        found = PageAsked(Asked.GONE) if number == 3 else PageAsked(Asked.FOUND, row.url, "Fucking 10 idiot")
        server.do(note_page, row.id, found, at=NOW)
    for one, mark in zip(server.do(on_shelf, event_id), (Mark.PINNED, Mark.HIDDEN), strict=False):
        server.do(mark_resource, event_id, one.key, mark, by=ASHA, at=NOW)
    for number, post_id in enumerate(ids[:2]):
        question = server.do(make_question, post_id, talk_id=server.talk.id if number else None, by=ASHA, at=NOW)
        server.do(vote, question.id, "phone", at=NOW)
        if number:
            server.do(bring_on_stage, question.id, by=ASHA, at=NOW)
            server.do(mark_answered, question.id, by=ASHA, at=NOW)
    server.do(announce, event_id, "10", until=NOW + timedelta(hours=1), by=ASHA, at=NOW)
    facts = {"address": "a@b.example", "mark": "m", "nonce": "n", "moment": DigestMoment.LUNCH}
    server.do(ask_for_digest, event_id, **facts, at=NOW)
    mail = server.do(lambda db: db.exec(select(DigestMail)).one())
    return letter_path(Cookies(server.settings.signing_key, secure=False), mail.id, mail.nonce)


def test_they_are_for_everybody(server: Running, letter: str, browser: Browser) -> None:
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{server.url}/e/box10/missed?since=soon")
    paths = ["/e/box10/links", "/e/box10/missed", "/e/box10/missed?since=soon", letter]
    found = {}
    for path in (*paths, "/e/box10/links?moderator"):
        if path.endswith("moderator"):
            page.goto(f"{server.url}/e/box10/desk?key={server.tokens[Role.MODERATOR]}")
        page.goto(server.url + path)
        found[path] = looked_at(page)
    assert {path: what for path, what in found.items() if what} == {}
    assert page.locator(".resource").count() == 4
    page.emulate_media(media="print")
    assert page.locator(".resource").first.is_visible()
    assert [page.locator(one).first.is_visible() for one in (".shelf-search", ".resource-acts")] == [False, False]
    context.close()
