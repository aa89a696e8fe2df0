"""Two rooms at once, six people: nobody's question is in the wrong room, and at a talk's end nothing leaks."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect
from sqlmodel import select

from app.actions.current_talk import move_programme_on
from app.actions.talks import add_talk
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.post import Post
from app.queries.rooms import rooms
from tests.browser.conftest import People
from tests.running import Running

ASHA = Actor(label="Asha")
MAIN, SIDE = "main-hall", "the-side-room-of-the-lighthouse-keeper-s"


def test_two_rooms_and_six_people(server: Running, people: People) -> None:
    now = datetime.now(UTC)
    begins, ends = now - timedelta(minutes=5), now + timedelta(hours=1)
    event_id = server.event.id
    hall = people.open(None)
    expect(hall.locator(".where")).to_have_count(0)  # one room: nothing is to be told apart
    server.do(
        add_talk,
        event_id,
        title="Beside",
        room="The side room of the lighthouse keeper’s",
        starts_at=begins,
        ends_at=ends,
        at=now,
    )
    server.do(
        add_talk,
        event_id,
        title="Later",
        room="Main hall",
        starts_at=server.talk.ends_at,
        ends_at=ends + timedelta(hours=1),
        at=now,
    )
    server.do(move_programme_on, event_id, at=now)
    keys = [room.key for room in server.do(lambda db: rooms(db, event_id))]
    assert keys[0] == MAIN
    side_key = keys[1]
    # A phone that stood there is asked, in one tap; another one came by the code of its door.
    expect(hall.locator("#where-title")).to_be_visible()
    hall.locator("#text").fill("Is this on in the hall?")
    hall.get_by_role("button", name="Send").click()
    expect(hall.locator("#send-said")).to_contain_text("in which room you are")
    hall.locator(f'.where-room[value="{MAIN}"]').click()
    expect(hall.locator(".where summary")).to_contain_text("Main hall")
    expect(hall.locator("#text")).to_have_value("Is this on in the hall?")
    beside = people.open(None)
    beside.goto(f"{server.floor}/r/{side_key}")
    expect(beside.locator(".where summary")).to_contain_text("lighthouse")
    stages = {key: _stage(server, people, key) for key in keys}
    wall = people.open(Role.SCREEN)
    wall.goto(f"{server.floor}/r/{side_key}/wall")
    desk = people.open(Role.MODERATOR)
    desk.goto(f"{server.floor}/r/{MAIN}/desk")
    hall.get_by_role("button", name="Send").click()
    beside.locator("#text").fill("And what about the lamp?")
    # Its network is away while the words are sent; meanwhile it goes into the other room.
    beside.context.set_offline(True)
    beside.get_by_role("button", name="Send").click()
    expect(beside.locator("#send-said")).to_contain_text("Waiting for the network")
    beside.context.add_cookies([{"name": "room-box10", "value": MAIN, "url": server.url}])
    beside.context.set_offline(False)
    expect(beside.locator("#mine .own")).to_have_count(1)
    expect(desk.locator("#held .post")).to_have_count(1)
    expect(desk.locator("#held .post")).to_contain_text("in the hall")
    for post_id in server.do(lambda db: list(db.exec(select(Post.id).where(Post.device != "")))):
        server.do(approve, post_id, by=ASHA, at=now)
    expect(stages[MAIN].locator("#questions .question")).to_have_text([_has("in the hall")])
    expect(stages[side_key].locator("#questions .question")).to_have_text([_has("the lamp")])
    expect(hall.locator("#questions .question")).to_have_text([_has("in the hall")])
    # On stage here is not on stage there.
    for stage in stages.values():
        stage.locator('[data-do="stage"]').first.click()
    expect(stages[MAIN].locator("#onstage")).to_contain_text("in the hall")
    expect(stages[side_key].locator("#onstage")).to_contain_text("the lamp")
    expect(wall.locator("#onstage")).to_contain_text("the lamp")
    # The hall's talk is over, by hand; the other room goes on.
    stages[MAIN].locator(".by-hand summary").click()
    stages[MAIN].get_by_role("button", name="End this talk now").click()
    expect(stages[MAIN].locator("#onstage")).to_contain_text("Nothing.")
    expect(stages[side_key].locator("#onstage")).to_contain_text("the lamp")
    expect(hall.locator("#onstage")).to_be_hidden()
    stages[MAIN].locator(".by-hand summary").click()
    stages[MAIN].get_by_role("button", name="Begin it now").click()
    expect(stages[MAIN].locator("#frame h1")).to_have_text("Later")
    expect(stages[MAIN].locator("#questions .question")).to_have_count(0)
    expect(wall.locator("#frame")).to_contain_text("Beside")
    assert people.problems == []


def _stage(server: Running, people: People, key: str) -> Page:
    stage = people.open(Role.SPEAKER)
    stage.goto(f"{server.floor}/r/{key}/stage")
    expect(stage.locator("body")).to_have_attribute("data-connection", "up")
    return stage


def _has(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))
