"""What an organiser changes about an event reaches screens that are open: name, colour, hashtags, words of the slide."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.actions.events import change_event
from app.actions.red_buttons import set_wall_state
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import WallState
from tests.browser.conftest import People
from tests.browser.wall_contents import say
from tests.running import Running

ROLES = [Role.SCREEN, Role.SPEAKER, Role.MODERATOR, Role.OWNER, None]


def changed(server: Running) -> None:
    facts = {"zone": "Europe/London", "language": "en", "hashtags": ["NightStaff"]}
    now = datetime.now(UTC)
    server.do(
        change_event, server.event.id, name="Night staff", accent="plum", welcome="Tea until 11:30", at=now, **facts
    )


@pytest.mark.parametrize("role", ROLES)
def test_a_new_name_and_colour_reach_an_open_screen(server: Running, people: People, role: Role | None) -> None:
    page, fresh = people.open(role), people.open(role)
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    colour = "getComputedStyle(document.documentElement).getPropertyValue('--hue')"
    before = page.evaluate(colour)
    changed(server)
    expect(page.locator("html")).to_have_attribute("data-accent", "plum")
    fresh.reload()
    expect(page).to_have_title(fresh.title())
    assert page.evaluate(colour) == fresh.evaluate(colour) != before
    assert "Night staff" in fresh.title()
    assert people.problems == []


def test_the_words_of_an_open_wall_follow_whatever_it_shows(server: Running, people: People) -> None:
    wall = people.open(Role.SCREEN)
    expect(wall.locator(".wall-empty")).to_contain_text("#box10")
    changed(server)
    expect(wall.locator(".wall-empty")).to_contain_text("#NightStaff")
    expect(wall.locator("#frame")).to_contain_text("#NightStaff")
    server.do(set_wall_state, server.event.id, WallState.BLANK, by=Actor(label="Asha"), at=datetime.now(UTC))
    expect(wall.locator(".wall-holding")).to_be_visible()
    expect(wall.locator(".wall-holding")).to_contain_text("Tea until 11:30")
    expect(wall.locator(".wall-holding")).to_contain_text("Night staff")


def test_who_does_not_see_an_open_wall_hears_what_it_shows_and_nothing_under_its_slide(
    server: Running, people: People
) -> None:
    wall = people.open(Role.SCREEN)
    heard = wall.locator("body")
    say(server, "Good morning from row two")
    for state, told, covered in (
        (WallState.PAUSED, "This wall stands still", False),
        (WallState.BLANK, "shows a slide", True),
        (WallState.LIVE, "", False),
    ):
        server.do(set_wall_state, server.event.id, state, by=Actor(label="Asha"), at=datetime.now(UTC))
        expect(wall.locator("#wall-state")).to_contain_text(told)
        expect(wall.locator("#shown[inert]")).to_have_count(int(covered))
        said = heard.aria_snapshot()
        assert ("Good morning from row two" in said, "We will be right back." in said) == (not covered, covered)
