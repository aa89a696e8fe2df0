"""A post that may not be shortened and finds no room: the hall is not dark for it, and the desk knows."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.actions.verdicts import hold, reject
from app.domain.access import Role
from app.domain.incoming import Byline, Photo, Quoted, Segment
from app.domain.post import Post
from app.domain.wall_room import fits_a_column
from tests.browser.conftest import People
from tests.browser.wall_contents import ASHA, SENTENCE, now, say
from tests.browser.wall_picture import STILL, faults_of_the_wall
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


PICTURE = Photo("demo:photos/atrium.svg", "A chart of falls by month", 1200, 900)
ASKED = Byline("asked", "Somebody Asked")


def titled(text: str, number: int) -> tuple[Segment, ...]:
    links = [Segment("link", " ", f"https://example.org/{at}", SENTENCE[:90]) for at in range(number)]
    return (Segment("text", text), *links)


def quoting(letters: int, pictures: int = 0) -> Quoted:
    return Quoted(True, ASKED, (SENTENCE * 20)[:letters], photos=(PICTURE,) * pictures)


SAID: list[tuple[str, dict[str, Any]]] = [
    *(((SENTENCE * 20)[:length], {}) for length in (400, 700, 800, 1_000, 1_200, 1_600)),
    ("一" * 380, {}),
    ("一" * 600, {}),
    ("Which of these?", {"poll": ("Ham", "Eggs", "Toast", "Tea")}),
    *(((SENTENCE * 20)[:length], {"poll": (SENTENCE[:80],) * 4}) for length in (250, 420, 640)),
    *((text, {"segments": titled(text, 4)}) for text in ((SENTENCE * 20)[:length] for length in (200, 420, 760))),
    *((SENTENCE * 2, {"quote": quoting(letters, pictures)}) for letters, pictures in ((200, 1), (200, 4), (500, 0))),
    *((SENTENCE * 2, {"quote": quoting(letters, pictures)}) for letters, pictures in ((700, 1), (420, 4), (900, 2))),
    (SENTENCE, {"quote": quoting(100, 3), "photos": (PICTURE,) * 4}),
]


def test_the_desk_says_which_ones_the_wall_has_no_room_for(server: Running, people: People) -> None:
    """By words, polls, titles of pages, quotes and their pictures: as the wall does it."""
    wall = connected(people, Role.SCREEN)
    others = [say(server, f"Good morning from row {number}") for number in range(2)]
    left_out: dict[int, bool] = {}
    for text, more in SAID:
        post_id = say(server, text, **more)
        wall.wait_for_function("(id) => document.getElementById(id)?.style.transform", arg=f"post-{post_id}")
        wall.wait_for_function(STILL)
        left_out[post_id] = wall.locator(f"#post-{post_id}").get_attribute("data-out") is not None
        server.do(reject, post_id, by=ASHA, at=now())
        expect(wall.locator(f"#post-{post_id}")).to_have_count(0)
    assert set(left_out.values()) == {True, False}
    told = {
        post_id: not fits_a_column(server.do(lambda db, post_id=post_id: db.get_one(Post, post_id)))
        for post_id in (*others, *left_out)
    }
    found = {post_id: (SAID[number], out) for number, (post_id, out) in enumerate(left_out.items())}
    assert [found[post_id] for post_id, out in left_out.items() if told[post_id] is not out] == []
    assert not any(told[other] for other in others)
    desk = people.open(Role.MODERATOR)
    desk.goto(f"{server.floor}/desk?list=rejected")
    for post_id in left_out:
        expect(desk.locator(f"#post-{post_id}")).to_be_visible()
        expect(desk.locator(f"#post-{post_id} .too-long")).to_have_count(int(told[post_id]))


SHORTENED: list[dict[str, Any]] = [
    {"quote": quoting(3_000)},
    {"quote": quoting(3_000, 4), "photos": (PICTURE,) * 2},
    {"poll": (SENTENCE * 3,) * 6},
    {"quote": quoting(2_000), "poll": (SENTENCE * 2,) * 4, "photos": (PICTURE,) * 4},
]


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1024, 768)])
def test_what_may_be_shortened_always_finds_room(server: Running, people: People, size: tuple[int, int]) -> None:
    """However much hangs on it: it begins on the wall, says so, and nothing of it lies outside its card."""
    wall = connected(people, Role.SCREEN)
    for more in SHORTENED:
        for words in ("Look", SENTENCE * 8):
            post_id = say(server, words, source="floor", **more)
            expect(wall.locator(f"#post-{post_id}")).to_be_visible()
            assert faults_of_the_wall(wall, size) == []
            expect(wall.locator(f"#post-{post_id} .goes-on")).to_be_visible()
