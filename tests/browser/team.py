"""What a team does at its desks, in short words."""

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.links import give_link
from app.domain.access import Role
from tests.browser.conftest import People
from tests.conftest import incoming
from tests.running import Running

PERSONAL = "My patient Edith Quillfeather, NHS number 943 476 5919, was so brave"


GOAL_MS = 100.0


def now() -> datetime:
    return datetime.now(UTC)


def arrives(server: Running, ref: str, text: str = "", by: str = "", **more: Any) -> int:
    post = incoming(text or f"something worth saying, number {ref}", ref=ref, by=by or f"author_{ref}", **more)
    return int(server.do(receive, server.event.id, post, at=now()).post_id)


def sits_down(server: Running, people: People, name: str) -> Page:
    """A moderator with a link of their own, at a desk of their own."""
    link = server.do(give_link, server.event.id, Role.MODERATOR, at=now(), label=name)
    desk = people.context(Role.MODERATOR).new_page()
    desk.on("pageerror", lambda error: people.problems.append(f"{name}: {error}"))
    desk.goto(f"{server.url}/e/box10/desk?key={link.token}")
    expect(desk.locator("body")).to_have_attribute("data-connection", "up")
    return desk


def current(desk: Page, post_id: int) -> None:
    expect(desk.locator('.post[aria-current="true"]')).to_have_attribute("id", f"post-{post_id}")


def press(desk: Page, *keys: str) -> None:
    for key in keys:
        desk.keyboard.press(key)
