"""The desk by keyboard: one key, one decision, and the next post is there."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.policies import change_policy
from app.actions.verdicts import reject
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.policy import Policy
from tests.browser.conftest import People
from tests.conftest import incoming
from tests.running import Running

BEN = Actor(label="Ben", access_id=None)


def now() -> datetime:
    return datetime.now(UTC)


def arrive(server: Running, count: int) -> list[int]:
    return [
        server.do(
            receive,
            server.event.id,
            incoming(f"something worth saying, number {n}", ref=str(n), by=f"author_{n}"),
            at=now(),
        ).post_id
        for n in range(count)
    ]


def opened(people: People, page: str = "") -> Page:
    desk = people.open(Role.MODERATOR)
    if page:
        desk.goto(desk.url + page)
    expect(desk.locator("body")).to_have_attribute("data-connection", "up")
    return desk


def current(desk: Page, post_id: int) -> None:
    expect(desk.locator('.post[aria-current="true"]')).to_have_attribute("id", f"post-{post_id}")


def test_keys_work_through_the_queue_and_the_next_post_is_current_at_once(server: Running, people: People) -> None:
    ids = arrive(server, 5)
    desk = opened(people)
    current(desk, ids[0])
    desk.keyboard.press("a")
    current(desk, ids[1])
    desk.keyboard.press("j")
    current(desk, ids[2])
    desk.keyboard.press("k")
    current(desk, ids[1])
    desk.keyboard.press("r")
    current(desk, ids[2])
    desk.keyboard.press("s")
    current(desk, ids[3])
    desk.keyboard.press("q")
    current(desk, ids[4])
    expect(desk.locator('#counts [data-list="approved"] strong')).to_have_text("2")
    expect(desk.locator('#counts [data-list="rejected"] strong')).to_have_text("1")
    expect(desk.locator('#counts [data-list="stashed"] strong')).to_have_text("1")
    expect(desk.locator("#questions .question")).to_have_count(1)
    desk.goto(f"{server.url}/e/box10/desk?list=approved")
    expect(desk.locator(".desk[data-ready]")).to_be_visible()
    for starred in (1, 0):
        desk.keyboard.press("*")
        expect(desk.locator('.acts [data-do="unstar"]')).to_have_count(starred)
    assert people.problems == []


def test_z_takes_everything_back_step_by_step(server: Running, people: People) -> None:
    ids = arrive(server, 3)
    desk = opened(people)
    for key in "ar":
        desk.keyboard.press(key)
    expect(desk.locator("#held .post")).to_have_count(1)
    desk.keyboard.press("z")
    expect(desk.locator("#held .post")).to_have_count(2)
    desk.keyboard.press("z")
    expect(desk.locator("#held .post")).to_have_count(3)
    found = desk.locator("#held .post").evaluate_all("posts => posts.map(post => post.id)")
    assert found == [f"post-{post_id}" for post_id in ids]


def test_block_sweeps_an_author_and_undo_brings_them_back(server: Running, people: People) -> None:
    for number in range(3):
        server.do(
            receive, server.event.id, incoming(f"one of many, {number} so far", ref=str(number), by="troll"), at=now()
        )
    desk = opened(people)
    expect(desk.locator("#held .post")).to_have_count(3)
    desk.keyboard.press("b")
    expect(desk.locator("#held .post")).to_have_count(0)
    expect(desk.locator(".desk-empty")).to_be_visible()
    desk.keyboard.press("z")
    expect(desk.locator("#held .post")).to_have_count(3)


def test_a_trusted_authors_next_post_passes_at_once(server: Running, people: People) -> None:
    server.do(change_policy, server.event.id, Policy(mode="trusted"), at=now())
    (post_id,) = arrive(server, 1)
    desk = opened(people)
    desk.keyboard.press("a")
    expect(desk.locator("#held .post")).to_have_count(0)
    desk.goto(f"{server.url}/e/box10/desk?list=approved")
    expect(desk.locator("body")).to_have_attribute("data-connection", "up")
    desk.locator(f"#post-{post_id}").get_by_role("button", name="Trust").click()
    expect(desk.locator(f"#post-{post_id}")).to_contain_text("trusted")
    again = incoming("another thing, said by somebody trusted", ref="next", by="author_0")
    server.do(receive, server.event.id, again, at=now())
    expect(desk.locator("#approved .post")).to_have_count(2)


def test_who_decides_second_is_told_what_stands(server: Running, people: People) -> None:
    (post_id,) = arrive(server, 1)
    desk = opened(people)
    # The first decision has not reached this desk yet: its socket is held up.
    desk.evaluate("document.getElementById('live').remove()")
    server.do(reject, post_id, by=BEN, at=now())
    desk.keyboard.press("a")
    expect(desk.locator("#toasts .refused")).to_contain_text("Ben was quicker: this post is rejected.")


@pytest.mark.parametrize("state", ["live", "paused"])
def test_shift_b_always_blanks_and_shift_l_shows_it_as_it_was(server: Running, people: People, state: str) -> None:
    desk, wall = opened(people), people.open(Role.SCREEN)
    if state == "paused":
        desk.keyboard.press("Shift+P")
        expect(desk.locator("#frame")).to_contain_text("The wall is paused")
    for _ in range(2):
        desk.keyboard.press("Shift+B")
        expect(wall.locator(".wall-holding")).to_be_visible()
        expect(desk.locator("#frame")).to_contain_text("The wall is blank")
    desk.keyboard.press("Shift+L")
    expect(wall.locator(".wall-holding")).to_be_hidden()
    expect(desk.locator("#frame")).to_have_attribute("data-screen", state)


@pytest.mark.parametrize("opened_by", ["?", "w", "/"])
def test_shift_b_blanks_whatever_stands_over_the_desk_unless_somebody_writes(
    server: Running, people: People, opened_by: str
) -> None:
    arrive(server, 1)
    desk = opened(people)
    desk.keyboard.press(opened_by)
    expect(desk.locator("#search:focus" if opened_by == "/" else "dialog[open]")).to_have_count(1)
    desk.keyboard.press("Shift+B")
    if opened_by == "/":
        expect(desk.locator("#search")).to_have_value("B")
    else:
        expect(desk.locator("#frame")).to_have_attribute("data-screen", "blank")


def test_the_keys_are_seen_at_one_glance(server: Running, people: People) -> None:
    desk = opened(people)
    desk.keyboard.press("?")
    expect(desk.locator("#keys .button")).to_be_in_viewport(ratio=1)
    expect(desk.locator("#keys h2")).to_be_in_viewport(ratio=1)


def test_search_finds_by_author_and_words_and_keys_stay_letters_in_a_field(server: Running, people: People) -> None:
    ids = arrive(server, 4)
    desk = opened(people)
    desk.keyboard.press("/")
    desk.keyboard.type("author_2")
    expect(desk.locator("#held .post:visible")).to_have_count(1)
    expect(desk.locator(f"#post-{ids[2]}")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#held .post:visible")).to_have_count(4)


def test_a_question_from_the_microphone_joins_the_list(server: Running, people: People) -> None:
    desk, stage = opened(people), people.open(Role.SPEAKER)
    desk.get_by_label("Question asked aloud").fill("Who pays for the travel time?")
    desk.get_by_role("button", name="Add").click()
    expect(desk.locator("#questions .question")).to_contain_text("Who pays for the travel time?")
    expect(stage.locator("#questions .question")).to_contain_text("Who pays for the travel time?")
    expect(desk.get_by_label("Question asked aloud")).to_have_value("")


def test_the_stage_holds_still_while_it_is_read(server: Running, people: People) -> None:
    from app.actions.questions import make_question
    from app.actions.verdicts import approve
    from app.actions.votes import vote

    ids = arrive(server, 3)
    for post_id in ids:
        server.do(approve, post_id, by=BEN, at=now())
    first, second = (server.do(make_question, post_id, by=BEN, at=now()).id for post_id in ids[:2])
    stage = people.open(Role.SPEAKER)
    expect(stage.locator("body")).to_have_attribute("data-connection", "up")
    shown = stage.locator("#questions > .question:visible")
    expect(shown).to_have_count(2)

    third = server.do(make_question, ids[2], by=BEN, at=now()).id
    server.do(vote, second, "somebody", at=now())
    expect(stage.locator("#fresh")).to_have_text("1 new, 2 moved")
    assert shown.evaluate_all("all => all.map(one => one.id)") == [f"question-{first}", f"question-{second}"]
    expect(stage.locator(f"#question-{second} .votes strong")).to_have_text("1")
    stage.locator("#fresh").tap()
    expect(shown).to_have_count(3)
    order = shown.evaluate_all("all => all.map(one => one.id)")
    assert order == [f"question-{second}", f"question-{first}", f"question-{third}"]
    expect(stage.locator("#fresh")).to_be_hidden()
