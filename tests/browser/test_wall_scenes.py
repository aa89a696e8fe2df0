"""Each scene on a wall of each shape, with little, full and hostile content: nothing cut, over another or tiny."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.actions.scenes import show_scene
from app.domain.access import Role
from app.domain.scene import Layout, Scene, Showing
from tests.browser.conftest import People
from tests.browser.scene_contents import AMOUNTS, SCENES, show, spotlight_too_long
from tests.browser.scene_picture import faults_of_the_scene
from tests.browser.wall_contents import ASHA, full, now, say
from tests.running import Running

SHAPES = [(1920, 1080), (3840, 2160), (1024, 768), (1080, 1920)]


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_of_any_shape_shows_whole_what_it_shows(server: Running, people: People, name: str) -> None:
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    found = {}
    for amount in AMOUNTS:
        SCENES[name](server, amount)
        wall.reload()
        expect(wall.locator("body")).to_have_attribute("data-connection", "up")
        found |= {(amount, *size): said for size in SHAPES if (said := faults_of_the_scene(wall, size))}
    assert found == {}
    assert people.problems == []


def test_a_post_that_is_shown_whole_or_not_at_all_says_where_it_is_read(server: Running, people: People) -> None:
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    spotlight_too_long(server, "")
    expect(wall.locator(".spotlight .goes-on")).to_be_visible()
    expect(wall.locator(".spotlight .text")).to_be_hidden()
    expect(wall.locator(".spotlight .name")).to_be_visible()


def test_scenes_follow_each_other_on_an_open_wall_and_lead_back_to_the_posts(server: Running, people: People) -> None:
    say(server, "Good morning, all of you!")
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator("#posts > .post")).to_be_visible()
    show(server, Showing(Scene.COUNTDOWN, until=now().replace(microsecond=0) + timedelta(minutes=30)))
    expect(wall.locator(".countdown")).to_be_visible()
    expect(wall.locator("#posts > .post")).to_be_hidden()
    show(server, Showing(Scene.JOIN))
    expect(wall.locator(".joining-code svg")).to_be_visible()
    server.do(show_scene, server.event.id, None, by=ASHA, at=now())
    expect(wall.locator("#posts > .post")).to_be_visible()
    expect(wall.locator("#scene")).to_be_hidden()


def test_one_at_a_time_has_the_newest_post_alone(server: Running, people: People) -> None:
    full(server)
    show(server, Showing(Scene.FEED, layout=Layout.ONE))
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator("#posts > .post:not([data-out])")).to_have_count(1)
    show(server, Showing(Scene.FEED))
    expect(wall.locator("#posts > .post:not([data-out])")).not_to_have_count(1)
