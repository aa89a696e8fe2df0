"""A post that may not be shortened and finds no room: the hall is not dark for it, and the desk knows."""

import pytest
from playwright.sync_api import Page, expect

from app.actions.verdicts import hold
from app.domain.access import Role
from tests.browser.conftest import People
from tests.browser.wall_contents import ASHA, SENTENCE, now, say
from tests.running import Running

ENDLESS = SENTENCE * 60


def connected(people: People, role: Role) -> Page:
    page = people.open(role, reduced_motion="reduce")
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    return page


def test_a_lone_post_without_room_leaves_the_hall_invited(server: Running, people: People) -> None:
    wall = connected(people, Role.SCREEN)
    post_id = say(server, ENDLESS)
    expect(wall.locator(f"#post-{post_id}")).to_be_hidden()
    expect(wall.locator(".wall-empty")).to_be_visible()
    wall.reload()
    expect(wall.locator(f"#post-{post_id}[data-out]")).to_be_hidden()
    expect(wall.locator(".wall-empty")).to_be_visible()


def test_another_one_has_the_hall_to_itself_then_as_it_had_without(server: Running, people: People) -> None:
    wall = connected(people, Role.SCREEN)
    short = wall.locator(f"#post-{say(server, 'Good morning, all of you!')}")
    expect(short).to_be_visible()
    without = short.bounding_box()
    endless = wall.locator(f"#post-{say(server, ENDLESS)}")
    expect(endless).to_have_count(1)
    expect(endless).to_be_hidden()
    expect(wall.locator(".wall-empty")).to_be_hidden()
    assert short.bounding_box() == without


def test_one_that_only_fits_the_whole_hall_is_shown_when_it_is_alone(server: Running, people: People) -> None:
    wall = connected(people, Role.SCREEN)
    wide = wall.locator(f"#post-{say(server, SENTENCE * 13)}")
    expect(wide).to_be_visible()
    short = say(server, "Good morning, all of you!")
    expect(wall.locator(f"#post-{short}")).to_be_visible()
    expect(wide).to_be_hidden()
    server.do(hold, short, by=ASHA, at=now())
    expect(wide).to_be_visible()


@pytest.mark.parametrize(
    "text",
    [(SENTENCE * 20)[:length] for length in (400, 700, 800, 1_000, 1_200, 1_600)] + ["一" * 380, "一" * 600],
    ids=lambda text: f"{text[0]}{len(text)}",
)
def test_the_desk_says_which_ones_the_wall_has_no_room_for(server: Running, people: People, text: str) -> None:
    wall, desk = connected(people, Role.SCREEN), people.open(Role.MODERATOR)
    others = [say(server, f"Good morning from row {number}") for number in range(2)]
    post_id = say(server, text)
    desk.goto(f"{server.floor}/desk?list=approved")
    told = desk.locator(f"#post-{post_id} .too-long")
    card = wall.locator(f"#post-{post_id}")
    expect(card).to_have_count(1)
    wall.wait_for_function("(id) => document.getElementById(id).style.transform !== ''", arg=f"post-{post_id}")
    assert told.count() == int(card.get_attribute("data-out") is not None)
    for other in others:
        expect(desk.locator(f"#post-{other} .too-long")).to_have_count(0)
