"""Many posts at once on the desk: several chosen, copies, countdowns, filters, red buttons, by keyboard only."""

import statistics
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from app.actions.arrivals import receive
from app.actions.policies import change_policy
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.policy import Policy
from app.domain.post import Post
from tests.browser.conftest import People
from tests.browser.team import PERSONAL, arrives, current, now, press, sits_down
from tests.conftest import incoming
from tests.running import Running


def test_several_are_chosen_and_get_one_verdict_that_one_undo_takes_back(server: Running, people: People) -> None:
    ids = [arrives(server, str(number)) for number in range(5)]
    desk = sits_down(server, people, "Asha")
    press(desk, "x", "j", "j", "x", "j", "x")
    expect(desk.locator("#bulk-count")).to_have_text("3 chosen")
    press(desk, "4")
    expect(desk.locator("#held .post")).to_have_count(2)
    expect(desk.locator("#bulk")).to_be_hidden()
    expect(desk.locator("#toasts")).to_contain_text("3 posts")
    current(desk, ids[4])
    press(desk, "z")
    expect(desk.locator("#held .post")).to_have_count(5)
    assert people.problems == []


def test_a_wave_of_copies_is_one_card_and_one_key(server: Running, people: People) -> None:
    for number in range(6):
        arrives(server, f"s{number}", "Buy cheap followers today at followers dot example!")
    other = arrives(server, "other")
    desk = sits_down(server, people, "Asha")
    expect(desk.locator("#held .post")).to_have_count(2)
    expect(desk.locator("#held .alike")).to_contain_text("5 more like this")
    desk.get_by_role("link", name="5 more like this").click()
    expect(desk.locator("#found .post")).to_have_count(6)
    desk.get_by_role("link", name="Show all").first.click()
    expect(desk.locator("body")).to_have_attribute("data-connection", "up")
    press(desk, "4")
    expect(desk.locator("#held .post")).to_have_count(1)
    current(desk, other)
    expect(desk.locator("#toasts")).to_contain_text("so are 5 more")
    expect(desk.locator('#counts [data-list="rejected"] strong')).to_have_text("6")


def test_a_countdown_is_seen_stopped_and_runs_out_only_while_somebody_is_there(server: Running, people: People) -> None:
    policy = Policy(mode="delay", delay_seconds=12, good_record=1)
    server.do(change_policy, server.event.id, policy, at=now())
    first = arrives(server, "1", by="jo")
    server.do(approve, first, by=Actor("Ben"), at=now())
    second, third = arrives(server, "2", by="jo"), arrives(server, "3", by="jo")
    desk, wall = sits_down(server, people, "Asha"), people.open(Role.SCREEN)
    expect(desk.locator(f"#post-{second} .countdown")).to_contain_text("Shows itself in")
    expect(desk.locator(f"#post-{third} .countdown")).to_contain_text("Shows itself in")
    press(desk, "h")
    expect(desk.locator(f"#post-{second} .countdown")).to_have_count(0)
    expect(wall.locator(f"#post-{third}")).to_be_visible()
    expect(wall.locator(f"#post-{second}")).to_have_count(0)
    assert people.problems == []


def test_a_filter_finds_in_the_whole_list_and_follows_what_others_do(server: Running, people: People) -> None:
    ids = [arrives(server, str(number)) for number in range(3)]
    personal = arrives(server, "9", PERSONAL)
    desk = sits_down(server, people, "Asha")
    desk.get_by_label("With which doubt").select_option("privacy")
    expect(desk.locator("#found .post")).to_have_count(1)
    expect(desk.locator("body")).to_have_attribute("data-connection", "up")
    current(desk, personal)
    server.do(receive, server.event.id, incoming(PERSONAL + " too", ref="10", by="zed"), at=now())
    expect(desk.locator("#found .post")).to_have_count(2)
    press(desk, "r")
    expect(desk.locator("#found .post:not(.leaving)")).to_have_count(1)
    desk.goto(f"{server.url}/e/box10/desk?list=held&q=number+1")
    expect(desk.locator("#found .post")).to_have_count(1)
    expect(desk.locator(f"#found #post-{ids[1]}")).to_be_visible()


def test_red_buttons_work_by_key_and_every_operator_sees_the_state(server: Running, people: People) -> None:
    asha, ben = sits_down(server, people, "Asha"), sits_down(server, people, "Ben")
    stage, setup = people.open(Role.SPEAKER), people.open(Role.OWNER)
    press(asha, "Shift+H")
    for desk in (asha, ben):  # the words alone also tell the mode of the rules
        expect(desk.locator("#frame")).to_have_attribute("data-intake", "hold_all")
    for screen in (stage, setup):
        expect(screen.locator("#frame")).to_contain_text("Everything waits")
    press(ben, "Shift+Z")
    expect(asha.locator("#frame")).to_have_attribute("data-intake", "open")
    expect(ben.locator("#toasts")).to_contain_text("Asha had done it")
    press(asha, "Shift+T")
    expect(stage.locator("#frame")).to_contain_text("Only trusted authors get in")
    press(asha, "Shift+T", "Shift+P")
    expect(ben.locator("#frame")).to_have_attribute("data-screen", "paused")
    assert people.problems == []


MEASURE = """
() => {
  window.taken = [];
  let began = 0;
  addEventListener('keydown', () => { began = performance.now(); }, true);
  new MutationObserver((changes) => {
    if (began && changes.some(({ target }) => target.getAttribute('aria-current') === 'true')) {
      window.taken.push(performance.now() - began);
      began = 0;
    }
  }).observe(document.querySelector('.desk-list'), { subtree: true, attributes: true, attributeFilter: ['aria-current'] });
}
"""


@pytest.mark.parametrize("posts", [100])
def test_one_person_clears_a_queue_by_keyboard_only(server: Running, people: People, posts: int) -> None:
    """A mixed queue: plain posts, questions, spam in waves, personal data, abuse, somebody in need, a troll."""
    server.do(change_policy, server.event.id, replace(Policy(), second_person=False), at=now())
    kinds = (
        "",
        "",
        "",
        "Where can we find the slides of talk {n}?",
        "You stupid wankers number {n}",
        PERSONAL + " {n}",
    )
    for number in range(posts - 5):
        arrives(server, str(number), kinds[number % len(kinds)].format(n=number))
    for number in range(3):
        arrives(server, f"wave {number}", "WIN a free holiday now!!! https://win.example/now #free #win")
    for number in range(2):
        arrives(server, f"troll {number}", f"Nobody should listen to any of this, part {number}", by="troll")
    desk = sits_down(server, people, "Asha")
    desk.evaluate(MEASURE)
    keys = "aaaqrs3a4a"
    pressed = 0
    waiting = desk.locator('#counts [data-list="held"] strong')
    while pressed < 3 * posts and waiting.inner_text() != "0":  # a card may be on its way while none is there
        press(desk, keys[pressed % len(keys)])
        pressed += 1
    expect(desk.locator(".desk-empty")).to_be_visible()
    expect(desk.locator('#counts [data-list="held"] strong')).to_have_text("0")

    def left(db: Session) -> int:
        return len(db.exec(select(Post.id).where(Post.verdict == "held")).all())

    assert server.do(left) == 0
    taken = sorted(desk.evaluate("window.taken"))
    typical, slow = statistics.median(taken), taken[int(len(taken) * 0.95) - 1]
    print(f"\nfrom key to next card: median {typical:.1f} ms, 95 % within {slow:.1f} ms, {pressed} keys, {posts} posts")
    assert len(taken) > posts / 2
    assert people.problems == []
