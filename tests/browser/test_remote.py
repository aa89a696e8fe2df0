"""The remote: a thumb runs the walls of a room, also over a network that comes and goes."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from app.actions.current_talk import move_programme_on
from app.actions.programme_scenes import let_programme_run
from app.actions.talks import add_talk
from app.domain.access import Role
from tests.browser.conftest import People
from tests.running import Running

PHONE = {"width": 390, "height": 844}


def test_a_thumb_runs_the_walls_of_its_room(server: Running, people: People) -> None:
    now = datetime.now(UTC)
    times = {"starts_at": now - timedelta(minutes=5), "ends_at": now + timedelta(hours=1)}
    server.do(add_talk, server.event.id, title="Beside", room="Attic", at=now, **times)
    server.do(move_programme_on, server.event.id, at=now)
    server.do(let_programme_run, server.event.id, runs=True, quiet_talks=True, question_minutes=10, at=now)
    walls = {key: people.open(Role.SCREEN) for key in ("main-hall", "attic")}
    for key, wall in walls.items():
        wall.goto(f"{server.floor}/r/{key}/wall")
        expect(wall.locator("#scene")).to_have_attribute("data-scene", "join")
    remote = people.open(Role.MODERATOR, viewport=PHONE, has_touch=True, is_mobile=True)
    remote.goto(f"{server.floor}/r/main-hall/remote")
    expect(remote.locator("body")).to_have_attribute("data-connection", "up")
    small = remote.evaluate(
        "() => [...document.querySelectorAll('.remote button')].filter((one) => one.offsetHeight && one.offsetHeight < 44).length"
    )
    assert small == 0
    assert remote.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    remote.locator('[data-do="scene-now_and_next"]').click()
    expect(walls["main-hall"].locator("#scene")).to_have_attribute("data-scene", "now_and_next")
    expect(remote.locator("#scene")).to_have_attribute("data-by-hand", "")
    expect(walls["attic"].locator("#scene")).to_have_attribute("data-scene", "join")
    # Without a network taps are kept, in their order; the page that was loaded again sends them too.
    remote.context.set_offline(True)
    remote.locator('[data-do="scene-holding"]').click()
    remote.locator('[data-do="scene-programme"]').click()
    remote.locator("#announcement").fill("Lunch is in the atrium")
    remote.get_by_role("button", name="5 min", exact=True).click()
    expect(walls["main-hall"].locator("#scene")).to_have_attribute("data-scene", "now_and_next")
    remote.context.set_offline(False)
    expect(walls["main-hall"].locator("#scene")).to_have_attribute("data-scene", "join")
    for wall in walls.values():
        expect(wall.locator("#band")).to_contain_text("Lunch is in the atrium")
    remote.reload()
    expect(remote.locator(".remote-announced")).to_contain_text("Lunch is in the atrium")
    remote.locator('[data-do="blank"]').click()
    expect(walls["attic"].locator("#holding")).to_be_visible()
    remote.locator('[data-do="live"]').click()
    expect(walls["attic"].locator("#holding")).to_be_hidden()
    assert people.problems == []
