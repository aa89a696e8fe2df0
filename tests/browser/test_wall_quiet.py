"""A quiet feed brings earlier posts back by their time, and stops at the first new one."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.questions import bring_on_stage, make_question, mark_answered
from app.actions.scenes import show_scene
from app.actions.verdicts import approve, reject
from app.domain.access import Role
from app.domain.incoming import Byline, Incoming
from app.domain.scene import Layout, Scene, Showing
from tests.browser.conftest import People
from tests.browser.wall_contents import ASHA, SENTENCE, now, say
from tests.running import Running

SOURCE = (Path(__file__).parents[2] / "frontend" / "static" / "js" / "wall_turns.js").read_text(encoding="utf-8")
TURNS = (
    "() => {\n"
    + SOURCE.replace("export ", "")
    + """
  const at = (...ms) => ms.map((one) => ({ at: one }));
  return {
    none: [turned([], 1e9), turn([], 1e9).place],
    news: [turned(at(1000, 0), 1000 + QUIET - 1), turned(at(1000, 0), 1000 + QUIET), turned(at(1000, 0), 1000 + QUIET + PACE)],
    burst: [0, 1, 2].map((number) => turn(at(2, 1, 0), 2 + number * DWELL).place),
    alone: turn(at(0), 1e9),
    back: [0, 1, 2, 3].map((number) => turn(at(2, 1, 0), 2 * DWELL + QUIET + number * PACE).place),
  };
}"""
)


def said_before(server: Running, number: int) -> int:
    """A post that was let onto the wall an hour ago."""
    at = now() - timedelta(hours=1)
    text = f"{SENTENCE * 3} {number}"
    post = Incoming("x", f"before-{number}", Byline(f"a{number}", "Nia Rees"), text, at)
    post_id: int = server.do(receive, server.event.id, post, at=at).post_id
    server.do(approve, post_id, by=ASHA, at=at)
    return post_id


def seen(wall: Page) -> set[str]:
    return set(wall.evaluate("[...document.querySelectorAll('#posts > .post:not([data-out])')].map((one) => one.id)"))


def test_whose_turn_it_is_follows_from_the_cards_and_the_time(server: Running, people: People) -> None:
    wall = people.open(Role.SCREEN)
    assert wall.evaluate(TURNS) == {
        "none": [0, 0],
        "news": [0, 1, 2],
        "burst": [2, 1, 0],
        "alone": {"place": 0, "again": False},
        "back": [1, 2, 0, 1],
    }


def test_a_quiet_feed_brings_earlier_posts_back_and_stops_at_the_first_new_one(server: Running, people: People) -> None:
    posts = [said_before(server, number) for number in range(20)]
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator(".wall-again")).to_be_visible()
    again = wall.locator("#posts > .post[data-again]:not([data-out])")
    expect(again).not_to_have_count(0)
    gone = int(str(again.first.get_attribute("id")).removeprefix("post-"))
    server.do(reject, gone, by=ASHA, at=now() - timedelta(hours=1))
    expect(wall.locator(f"#post-{gone}")).to_have_count(0)
    expect(wall.locator(".wall-again")).to_be_visible()
    question = server.do(make_question, posts[-1], by=ASHA, at=now() - timedelta(hours=1))
    server.do(bring_on_stage, question.id, by=ASHA, at=now())
    expect(wall.locator("#onstage")).to_be_visible()
    expect(wall.locator(".wall-again")).to_be_hidden()  # it covers the feed
    server.do(mark_answered, question.id, by=ASHA, at=now())
    expect(wall.locator(".wall-again")).to_be_visible()
    server.do(show_scene, server.event.id, Showing(Scene.SPOTLIGHT, post_id=posts[-1]), by=ASHA, at=now())
    expect(wall.locator(".wall-again")).to_be_hidden()
    server.do(show_scene, server.event.id, Showing(Scene.FEED), by=ASHA, at=now())
    expect(wall.locator(".wall-again")).to_be_visible()
    fresh = say(server, "Good morning again")
    expect(wall.locator(f"#post-{fresh}")).to_be_visible()
    expect(wall.locator(".wall-again")).to_be_hidden()
    assert f"post-{posts[-1]}" in seen(wall)
    assert people.problems == []


def test_one_at_a_time_comes_back_too(server: Running, people: People) -> None:
    for number in range(3):
        said_before(server, number)
    server.do(show_scene, server.event.id, Showing(Scene.FEED, layout=Layout.ONE), by=ASHA, at=now())
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator(".wall-again")).to_be_visible()
    assert len(seen(wall)) == 1
    fresh = say(server, "Good morning again")
    expect(wall.locator(f"#post-{fresh}")).to_be_visible()
    assert seen(wall) == {f"post-{fresh}"}
