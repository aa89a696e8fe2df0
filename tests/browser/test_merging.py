"""Questions are asked together from the desk by a key, and everybody who asked is told so on their phone."""

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from app.actions.arrivals import receive
from app.actions.questions import make_question
from app.domain.access import Role
from app.domain.decision import Actor
from tests.browser.conftest import People
from tests.conftest import incoming
from tests.running import Running

BEN = Actor(label="Ben", access_id=None)
SHAKES = """
window.shaken = [];
Object.defineProperty(navigator, 'vibrate', { value: (how) => { window.shaken.push(how); return true; } });
"""


def drag(page: Page, what: str, onto: str) -> None:
    page.hover(what)
    page.mouse.down()
    place = page.locator(onto).bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + 12, steps=3)
    page.mouse.up()


def test_the_key_m_asks_two_questions_together_and_z_takes_it_back(server: Running, people: People) -> None:
    context = people.context(None)
    context.add_init_script(SHAKES)
    floor = context.new_page()
    floor.goto(people.address(None))
    floor.locator("#text").fill("How much does the ward at home cost for each patient?")
    floor.locator("#send button.primary").click()
    expect(floor.locator("#mine .own")).to_have_count(1)
    desk, stage = people.open(Role.MODERATOR), people.open(Role.SPEAKER)
    expect(desk.locator("body")).to_have_attribute("data-connection", "up")
    expect(desk.locator("#held .post")).to_have_count(1)
    desk.keyboard.press("q")
    asked = incoming("What is the cost of the ward at home for a patient?", ref="other", by="somebody_else")
    other = server.do(receive, server.event.id, asked, at=datetime.now(UTC)).post_id
    server.do(make_question, other, by=BEN, at=datetime.now(UTC))
    expect(desk.locator("#questions .question")).to_have_count(2)

    desk.keyboard.press("m")
    dialog = desk.locator("#merging")
    expect(dialog).to_be_visible()
    expect(dialog.locator(".merge-list li").first).to_contain_text("alike")
    desk.keyboard.press("1")
    expect(dialog).to_be_hidden()
    for page in (desk, stage):
        expect(page.locator("#questions .question")).to_have_count(1)
        expect(page.locator("#questions .asked-with summary")).to_have_text("asked together with 1 other")
    floor.reload()
    expect(floor.locator("#mine .own-together")).to_have_text("asked together with 1 other")
    expect(floor.locator("#questions .question")).to_have_count(1)

    floor.locator("#shake").check()
    assert floor.evaluate("window.shaken.splice(0)") == [100], "that is how it feels"
    stage.locator('#questions [data-do="stage"]').tap()
    expect(floor.locator("#own-now")).to_be_visible()
    assert floor.evaluate("window.shaken") == [[300, 150, 300]]
    expect(floor.locator("#mine .own-state")).to_contain_text("on stage now")
    stage.locator('[data-do="down"]').tap()
    expect(floor.locator("#own-now")).to_be_hidden()
    desk.keyboard.press("z")
    for page in (desk, stage, floor):
        expect(page.locator("#questions .question")).to_have_count(2)  # on the stage it waits for a tap

    desk.set_viewport_size({"width": 1440, "height": 1600})
    # With a mouse: one is dragged onto the other by its votes, and the note takes it back.
    questions = desk.locator("#questions .question")
    names = [questions.nth(place).get_attribute("id") for place in range(2)]
    drag(desk, f"#{names[0]} .grip", f"#{names[1]}")
    for page in (desk, stage):
        expect(page.locator("#questions .asked-with summary")).to_have_text("asked together with 1 other")
    expect(desk.locator("#questions .question")).to_have_attribute("id", names[1] or "")
    expect(desk.locator(".takes")).to_have_count(0)
    desk.locator("#toasts").get_by_role("button", name="Undo").last.click()
    for page in (desk, stage):
        expect(page.locator("#questions .question")).to_have_count(2)
    drag(desk, f"#{names[0]} .grip", f"#{names[0]} .desk-question-body")  # onto itself: nothing
    expect(desk.locator("#questions .question")).to_have_count(2)

    stage.locator("#fresh").tap()
    stage.locator('#questions [data-do="merge"]').first.tap()
    stage.locator(".merge-list button").first.tap()
    expect(stage.locator("#questions .asked-with summary")).to_have_text("asked together with 1 other")
    assert people.problems == []
