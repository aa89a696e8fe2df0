"""A rule that people overrule: the desk says so while one looks at it, and one click eases it, one undoes it."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.decision import Actor
from tests.browser.conftest import People
from tests.conftest import incoming
from tests.running import Running

BEN = Actor(label="Ben")


def let_through(server: Running, first: int, count: int) -> None:
    for n in range(first, first + count):
        post = incoming(f"The slides of our talk number {n}: https://bit.ly/talk{n}", ref=f"l{n}", by=f"a{n}")
        arrived = server.do(receive, server.event.id, post, at=datetime.now(UTC))
        server.do(approve, arrived.post_id, by=BEN, at=datetime.now(UTC))


def test_the_desk_says_what_is_overruled_and_the_organiser_eases_it_and_takes_it_back(
    server: Running, people: People
) -> None:
    let_through(server, 0, 9)
    desk = people.open(Role.MODERATOR)
    expect(desk.locator("body")).to_have_attribute("data-connection", "up")
    expect(desk.locator("#overruled")).to_be_empty()
    let_through(server, 9, 1)
    expect(desk.locator("#overruled")).to_contain_text("Links: overruled 10 of 10 times.")
    organiser = people.open(Role.OWNER)
    organiser.goto(f"{server.url}/e/box10/setup/rules")
    organiser.get_by_role("button", name="From now on: only a note (Links)").click()
    expect(organiser.locator("main").get_by_role("status")).to_contain_text("Links: says less from now on.")
    expect(desk.locator("#overruled")).to_be_empty()
    organiser.get_by_role("button", name="Undo").click()
    expect(organiser.locator("main").get_by_role("status")).to_contain_text("Taken back")
    expect(organiser.locator("#level-link")).to_have_value("")
    assert people.problems == []
