"""The live screens in a real browser: pushed within a blink, back after every drop, nothing twice."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from app.actions.arrivals import receive
from app.actions.verdicts import approve, reject
from app.domain.access import Role
from tests.browser.conftest import People
from tests.conftest import ASHA, incoming
from tests.running import Running


def arrives(server: Running, number: int, text: str = "") -> int:
    words = text or f"This is what was said as number {number} of the day"
    now = datetime.now(UTC)
    return server.do(receive, server.event.id, incoming(words, ref=str(number), posted_at=now), at=now).post_id


def now() -> datetime:
    return datetime.now(UTC)


def test_an_approved_post_appears_on_wall_and_floor_and_leaves_both(server: Running, people: People) -> None:
    wall, floor = people.open(Role.SCREEN), people.open(None)
    for page in (wall, floor):
        expect(page.locator("body")).to_have_attribute("data-connection", "up")
    post_id = arrives(server, 1)
    server.do(approve, post_id, by=ASHA, at=now())
    for page in (wall, floor):
        expect(page.locator(f"#post-{post_id}")).to_contain_text("number 1 of the day")
    server.do(reject, post_id, by=ASHA, at=now())
    for page in (wall, floor):
        expect(page.locator(f"#post-{post_id}")).to_have_count(0)
    assert people.problems == []


def test_posts_stand_in_the_order_of_their_approval(server: Running, people: People) -> None:
    wall = people.open(Role.SCREEN)
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    ids = [arrives(server, number) for number in range(5)]
    for post_id in (ids[2], ids[0], ids[4], ids[1], ids[3]):
        server.do(approve, post_id, by=ASHA, at=now())
    expect(wall.locator(".post")).to_have_count(5)
    found = wall.locator(".post").evaluate_all("posts => posts.map(post => post.id)")
    assert found == [f"post-{ids[place]}" for place in (3, 1, 4, 0, 2)]


def test_a_page_that_was_away_is_told_only_what_it_missed(server: Running, people: People) -> None:
    floor = people.open(None)
    expect(floor.locator("body")).to_have_attribute("data-connection", "up")
    first = arrives(server, 1)
    server.do(approve, first, by=ASHA, at=now())
    expect(floor.locator(f"#post-{first}")).to_be_visible()
    floor.evaluate("document.querySelector('#posts .post').dataset.witness = 'same node'")

    floor.context.set_offline(True)
    floor.evaluate("document.getElementById('live')._htmx.ws.connection.socket.close()")
    expect(floor.locator("body")).to_have_attribute("data-connection", "down")
    second = arrives(server, 2)
    server.do(approve, second, by=ASHA, at=now())
    floor.context.set_offline(False)
    expect(floor.locator("body")).to_have_attribute("data-connection", "up")
    expect(floor.locator(f"#post-{second}")).to_be_visible()
    expect(floor.locator("#posts .post")).to_have_count(2)
    # The page was not reloaded and the first post was not put in again.
    expect(floor.locator(f"#post-{first}")).to_have_attribute("data-witness", "same node")


def test_the_address_of_the_socket_follows_the_page(server: Running, people: People) -> None:
    floor = people.open(None)
    expect(floor.locator("body")).to_have_attribute("data-connection", "up")
    before = int(floor.locator("body").get_attribute("data-cursor") or 0)
    server.do(approve, arrives(server, 1), by=ASHA, at=now())
    expect(floor.locator("body")).not_to_have_attribute("data-cursor", str(before))
    told = floor.evaluate(
        """() => [document.getElementById('live')._htmx.ws.connection.url, document.body.dataset.cursor]"""
    )
    assert re.search(rf"after={told[1]}$", told[0])
