"""The wall at every shape of screen with everything that may stand on it: nothing over another, cut, tiny or off the edge."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.domain.access import Role
from app.settings import Settings
from tests.browser.conftest import People
from tests.browser.wall_contents import CONTENTS, full, long_frame, say
from tests.browser.wall_picture import LAYOUTS, faults_of_the_wall
from tests.running import Running, ThreadedServer


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.__name__)
def test_a_wall_of_any_shape_shows_whole_what_it_shows(
    server: Running, people: People, content: Callable[[Running], None]
) -> None:
    content(server)
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    assert {size: found for size in LAYOUTS if (found := faults_of_the_wall(wall, size))} == {}
    assert people.problems == []


def test_a_card_that_looks_like_nothing_says_so(server: Running, people: People) -> None:
    wall = people.open(Role.SCREEN)
    post_id = say(server, "\u2800" * 90, name="\u2800")
    card = wall.locator(f"#post-{post_id}")
    expect(card).to_contain_text("no words")
    expect(card.locator(".name")).to_contain_text("a_")


def test_a_wall_that_lost_its_server_says_so_beside_its_picture(server: Running, people: People) -> None:
    full(server)
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    wall.evaluate("document.body.dataset.connection = 'down'")
    expect(wall.locator(".wall-offline")).to_be_visible()
    assert {size: found for size in LAYOUTS if (found := faults_of_the_wall(wall, size))} == {}


def test_a_long_address_stands_whole_at_every_shape(tmp_path: Path, browser: Browser) -> None:
    short = "backchannel.conference-of-everybody-who-cares.saltmere-and-merrow.example.org"
    settings = Settings(
        _env_file=None, data_dir=tmp_path, short_url=short, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )  # type: ignore[call-arg]
    threaded = ThreadedServer(settings)
    running = threaded.start()
    people = People(browser, running)
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator(".frame-address")).to_have_text(f"{short}/e/box10")
    for content in (full, long_frame):
        content(running)
        expect(wall.locator(f"#post-{say(running, 'And that was all')}")).to_be_visible()
        assert {size: found for size in LAYOUTS if (found := faults_of_the_wall(wall, size))} == {}
    people.contexts[0].close()
    threaded.stop()


def test_a_screen_four_times_as_fine_shows_the_same_frame(server: Running, people: People) -> None:
    full(server)
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    frames = []
    for width, height in ((1920, 1080), (2560, 1440), (3840, 2160)):
        faults_of_the_wall(wall, (width, height))
        side = wall.locator(".wall-side")
        frames.append(
            (side.get_attribute("data-leaves"), side.evaluate("(one) => one.style.getPropertyValue('--fit')"))
        )
    assert frames == [("", "1")] * 3


SPOILED = [
    (".frame-speakers { font-size: 12px !important }", "too small"),
    (".wall { padding: 10px !important }", "outside"),
    (".frame-address { margin-top: -3em !important }", "over"),
    (".frame-address { display: none }", "not there"),
    (".frame-code { width: 90px }", "the code is too small"),
    (".wall .post .name bdi { display: block !important; width: 200px }", "a name of"),
]


def test_what_is_wrong_with_a_wall_would_be_seen(server: Running, people: People) -> None:
    long_frame(server)
    say(server, "Hello", name="A name of many words " * 5)
    wall = people.open(Role.SCREEN, reduced_motion="reduce", bypass_csp=True)
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    sound = json.dumps(faults_of_the_wall(wall, (1920, 1080)))
    for spoiling, told in SPOILED:
        assert told not in sound
        style = wall.add_style_tag(content=spoiling)
        assert told in json.dumps(faults_of_the_wall(wall, (1920, 1080))), spoiling
        style.evaluate("(one) => one.remove()")
