"""The organiser's pages about watching: they fit a phone, refresh by themselves, and undo with one press."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.actions.alarms import change_alarms, note_calls
from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.actions.webhooks import add_webhook, batch_failed
from app.domain.access import Role
from app.domain.alarms import Alarms
from app.domain.decision import Actor
from tests.browser.conftest import SIZES, People
from tests.browser.test_states import violations
from tests.conftest import incoming
from tests.running import Running

LONG = "https://127.0.0.1:1/services/a-path/that-has-no-end/" + "0123456789" * 12


@pytest.fixture
def watched(server: Running) -> Running:
    """An event with decisions of a person, alarms that failed and web addresses that do not answer."""
    now = datetime.now(UTC)
    event_id = server.event.id
    for number in range(12):
        post = incoming(f"See https://bit.ly/{number}", ref=str(number), by=f"author_{number}", posted_at=now)
        post_id = server.do(receive, event_id, post, at=now).post_id
        server.do(approve, post_id, by=Actor("Asha with a very long name indeed", 1), at=now)
    server.do(change_alarms, event_id, Alarms(ntfy="https://ntfy.example/topic"), at=now)
    server.do(note_calls, event_id, {"ntfy": "ntfy.example answered 500"}, at=now)
    webhook = server.do(add_webhook, event_id, LONG, at=now)
    server.do(batch_failed, webhook.id, "127.0.0.1 answered 503", at=now)
    return server


@pytest.mark.parametrize("path", ["log", "figures", "setup/watch"])
def test_no_page_is_wider_than_a_phone(watched: Running, people: People, path: str) -> None:
    page = people.open(Role.OWNER, viewport=SIZES[None])
    page.goto(f"{watched.url}/e/box10/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[None]["width"]
    assert people.problems == []
    assert violations(page) == []


def test_axe_finds_nothing_beside_a_failed_test(watched: Running, people: People) -> None:
    page = people.open(Role.OWNER)
    page.goto(f"{watched.url}/e/box10/setup/watch")
    expect(page.get_by_text("ntfy.example answered 500")).to_be_visible()
    page.locator(".setup-hooks").get_by_role("button", name="Send a test").click()
    expect(page.locator(".setup-hooks .notice")).to_have_text("127.0.0.1: the address is not a public one")
    assert people.problems == []
    assert violations(page) == []


def test_an_entry_is_undone_with_one_press(watched: Running, people: People) -> None:
    page = people.open(Role.MODERATOR)
    page.goto(f"{watched.url}/e/box10/log?what=post")
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("Asha")
    first.get_by_role("button", name="Undo").click()
    expect(page.locator("tbody tr").first).to_contain_text("Moderator")
    expect(page.locator("tbody tr.undone")).to_have_count(1)


def test_figures_come_up_to_date_by_themselves(
    watched: Running, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.views.pages_and_api.figures.FRESH", 0.0)
    page = people.open(Role.MODERATOR)
    page.clock.install()
    page.goto(f"{watched.url}/e/box10/figures")
    expect(page.locator(".figures-big dd").first).to_have_text("0")
    expect(page.get_by_role("region", name="Which rules are right")).to_contain_text("rarely right")
    now = datetime.now(UTC)
    watched.do(receive, watched.event.id, incoming("one more", ref="more", posted_at=now), at=now)
    page.clock.run_for(11_000)
    expect(page.locator(".figures-big dd").first).to_have_text("1")
    assert people.problems == []
