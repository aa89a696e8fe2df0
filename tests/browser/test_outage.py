"""The venue's network drops: the picture stays, nothing is lost, nothing comes twice."""

from playwright.sync_api import Page, Route, expect

from app.actions.questions import bring_on_stage, make_question
from app.domain.access import Role
from tests.browser.venue import Venue, venue
from tests.conftest import ASHA

__all__ = ["venue"]


def ids(page: Page) -> list[str]:
    found: list[str] = page.locator("#posts > .post").evaluate_all("posts => posts.map(post => post.id)")
    return found


def shows_exactly(page: Page, posts: list[int]) -> None:
    for post_id in posts:
        expect(page.locator(f"#post-{post_id}")).to_have_count(1)
    assert ids(page) == [f"post-{post_id}" for post_id in sorted(posts, reverse=True)]


def test_a_cut_network_leaves_the_picture_and_brings_back_what_was_missed(venue: Venue) -> None:
    wall, stage, floor = venue.open(Role.SCREEN), venue.open(Role.SPEAKER), venue.open(None)
    before = [venue.shows(number) for number in range(3)]
    for page in (wall, floor):
        shows_exactly(page, before)

    venue.network.set("cut")
    for page in (wall, stage, floor):
        expect(page.locator("body")).to_have_attribute("data-connection", "down")
    expect(wall.locator(".wall-offline")).to_be_visible()
    assert ids(wall) == [f"post-{post_id}" for post_id in reversed(before)]
    missed = [venue.shows(number) for number in range(3, 6)]
    question = venue.do(make_question, missed[0], by=ASHA)
    venue.do(bring_on_stage, question.id, by=ASHA)

    venue.network.set("open")
    for page in (wall, stage, floor):
        expect(page.locator("body")).to_have_attribute("data-connection", "up")
        expect(page.locator("#onstage")).to_contain_text("number 3")
    for page in (wall, floor):
        shows_exactly(page, before + missed)


def test_a_network_that_only_goes_silent_is_noticed(venue: Venue) -> None:
    wall = venue.open(Role.SCREEN)
    wall.evaluate("document.body.dataset.silence = '1500'")
    venue.network.set("frozen")
    expect(wall.locator("body")).to_have_attribute("data-connection", "down")
    post_id = venue.shows(1)
    venue.network.set("open")
    shows_exactly(wall, [post_id])


HIDE = """(hidden) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def test_a_phone_that_comes_out_of_a_pocket_in_another_network_is_live_at_once(venue: Venue) -> None:
    """Its socket says goodbye into a network that is not there any more: nobody answers, and nobody waits for it."""
    floor = venue.open(None)
    floor.evaluate("document.body.dataset.silence = '600000'")
    venue.network.leave()
    floor.evaluate(HIDE, True)
    assert floor.evaluate("document.getElementById('live')._htmx.ws.connection.socket.readyState") == 2
    floor.evaluate(HIDE, False)
    shows_exactly(floor, [venue.shows(1)])
    expect(floor.locator("body")).to_have_attribute("data-connection", "up")


def test_a_phone_in_a_pocket_opens_no_socket(venue: Venue) -> None:
    floor, wall = venue.open(None), venue.open(Role.SCREEN)
    opened: list[str] = []
    floor.on("websocket", lambda socket: opened.append(socket.url))
    floor.evaluate(HIDE, True)
    for page in (floor, wall):
        page.evaluate("document.body.dataset.silence = '0'")
    for _ in range(3):
        # A wall that hears nothing opens one whenever it looks, and a phone looks as often.
        wall.wait_for_event("websocket")
    assert opened == []
    floor.evaluate("document.body.dataset.silence = '600000'")
    floor.evaluate(HIDE, False)
    expect(floor.locator("body")).to_have_attribute("data-connection", "up")


def test_a_draft_survives_a_drop_and_is_sent_once(venue: Venue) -> None:
    floor = venue.open(None)
    venue.network.set("cut")
    floor.get_by_label("Your words").fill("Can you hear us at the back?")
    floor.get_by_role("button", name="Send").click()
    expect(floor.locator("#send-said")).to_contain_text("Your words are safe")
    venue.network.set("open")
    expect(floor.locator("#send-said")).to_contain_text("Sent.")
    expect(floor.locator("#mine .own")).to_have_count(1)
    expect(floor.get_by_label("Your words")).to_have_value("")


def test_a_draft_survives_a_reload(venue: Venue) -> None:
    floor = venue.open(None)
    floor.get_by_label("Your words").fill("Half a thought that")
    floor.get_by_label("Your name, if you like").fill("Margaret")
    floor.reload()
    expect(floor.get_by_label("Your words")).to_have_value("Half a thought that")
    expect(floor.get_by_label("Your name, if you like")).to_have_value("Margaret")


def test_what_a_speaker_taps_without_a_network_is_sent_when_it_is_back(venue: Venue) -> None:
    questions = [venue.do(make_question, venue.shows(number), by=ASHA) for number in range(2)]
    stage, wall = venue.open(Role.SPEAKER), venue.open(Role.SCREEN)
    venue.network.set("cut")
    stage.locator(f"#questions > #question-{questions[0].id}").get_by_role("button", name="Bring on stage").click()
    expect(stage.locator(f"#question-{questions[0].id}.pending")).to_be_visible()
    venue.network.set("open")
    expect(wall.locator("#onstage")).to_contain_text("number 0")
    expect(stage.locator("#onstage")).to_contain_text("number 0")


def test_a_tap_waits_while_there_are_too_many_and_one_of_another_talk_is_dropped_with_a_word(venue: Venue) -> None:
    questions = [venue.do(make_question, venue.shows(number), by=ASHA) for number in range(2)]
    stage = venue.open(Role.SPEAKER)
    asked: list[str] = []

    def too_many_at_first(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()
        else:
            headers = {"Backchannel": "1", "content-type": "application/json"}
            route.fulfill(status=429, headers=headers, body='{"detail": "That was quick."}')

    stage.route("**/questions/*/stage", too_many_at_first)
    address = f"{venue.network.url}/questions/{questions[0].id}/stage"
    old = [{"url": f"{venue.network.url}/questions/{questions[1].id}/stage", "at": 0}]
    stage.evaluate("taps => localStorage.setItem('backchannel-taps-box10', JSON.stringify(taps))", old)
    stage.reload()
    stage.locator(f"#questions > #question-{questions[0].id}").get_by_role("button", name="Bring on stage").click()
    expect(stage.locator("#onstage")).to_contain_text("number 0")
    expect(stage.locator("#toasts")).to_contain_text("was not sent")
    assert asked == [address, address]


def test_a_page_out_of_the_back_forward_cache_is_live_again(venue: Venue) -> None:
    wall = venue.open(Role.SCREEN)
    wall.goto(f"{venue.network.url}/e/box10")
    wall.evaluate("history.back()")
    expect(wall.locator("body")).to_have_attribute("data-view", "wall")
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    shows_exactly(wall, [venue.shows(1)])
