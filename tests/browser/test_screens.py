"""Screens that hang in several rooms: each says what it is, and follows what setup makes of it."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from app.actions.current_talk import move_programme_on
from app.actions.scenes import show_scene
from app.actions.talks import add_talk
from app.domain.access import Role
from app.domain.scene import Scene, Showing
from app.queries.rooms import rooms
from tests.browser.conftest import People
from tests.conftest import ASHA
from tests.running import Running


def test_a_screen_follows_its_link_from_room_to_room(server: Running, people: People) -> None:
    now = datetime.now(UTC)
    times = {"starts_at": now - timedelta(minutes=5), "ends_at": now + timedelta(hours=1)}
    server.do(add_talk, server.event.id, title="Beside", room="Attic", at=now, **times)
    server.do(move_programme_on, server.event.id, at=now)
    attic = next(room for room in server.do(lambda db: rooms(db, server.event.id)) if room.key == "attic")
    wall, setup = people.open(Role.SCREEN), people.open(Role.OWNER)
    expect(wall.locator("#scene")).to_have_attribute("data-scene", "feed")
    setup.goto(f"{server.floor}/setup/screens")
    own = setup.locator("#screens-now tr", has=setup.get_by_role("rowheader", name="Screen"))
    expect(own).to_contain_text("now")
    expect(own).to_contain_text("posts")
    # Hung in the attic, for questions only: it is another screen at once, and says so.
    setup.get_by_text("Change Screen").click()
    setup.locator(".setup-screen-edit").get_by_label("Name").fill("Attic, left")
    setup.locator(".setup-screen-edit").get_by_label("Room").select_option("Attic")
    setup.locator(".setup-screen-edit").get_by_label("It may show").select_option("questions")
    setup.locator(".setup-screen-edit").get_by_role("button", name="Save").click()
    expect(wall.locator("#live")).to_have_attribute("data-follows", re.compile(rf"^wall@{attic.id}~[0-9]+$"))
    expect(wall.locator("#scene")).to_have_attribute("data-scene", "join")
    own = setup.locator("#screens-now tr", has=setup.get_by_role("rowheader", name="Attic, left"))
    expect(own).to_contain_text("now")
    expect(own).to_contain_text("how to join")
    # What its room is shown it shows, also after a cut; what is for other rooms it does not.
    wall.context.set_offline(True)
    server.do(show_scene, server.event.id, Showing(Scene.HOLDING), by=ASHA, at=now, room_id=attic.id)
    wall.context.set_offline(False)
    expect(wall.locator("#scene")).to_have_attribute("data-scene", "holding")
    server.do(show_scene, server.event.id, Showing(Scene.QUESTIONS), by=ASHA, at=now)
    server.do(show_scene, server.event.id, None, by=ASHA, at=now, room_id=attic.id)
    expect(wall.locator("#scene")).to_have_attribute("data-scene", "questions")
    assert people.problems == []
