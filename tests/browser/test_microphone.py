"""A question that is asked aloud and typed at the desk is stored once, or stands in its box still."""

import pytest
from playwright.sync_api import Page, Route, expect

from app.domain.access import Role
from tests.browser.venue import Venue, venue

__all__ = ["venue"]

ALOUD = ("Who pays the volunteers?", "And who pays their fares?")


def typed(desk: Page) -> str:
    return desk.locator("#microphone-text").input_value()


def adds(desk: Page, words: str) -> None:
    desk.locator("#microphone-text").fill(words)
    desk.locator("#microphone").get_by_role("button", name="Add").click()


def test_what_is_typed_while_one_is_added_stays(venue: Venue) -> None:
    desk = venue.open(Role.MODERATOR)
    venue.network.set("slow")
    adds(desk, ALOUD[0])
    desk.locator("#microphone-text").fill(ALOUD[1])
    expect(desk.locator("#toasts")).to_contain_text("Added to the questions")
    assert (typed(desk), venue.stored()) == (ALOUD[1], [ALOUD[0]])
    venue.network.set("open")
    desk.locator("#microphone").get_by_role("button", name="Add").click()
    expect(desk.locator("#microphone-text")).to_have_value("")
    assert venue.stored() == list(ALOUD)


@pytest.mark.parametrize("stored", [True, False])
def test_one_whose_answer_was_lost_is_stored_once_even_over_a_reload(venue: Venue, stored: bool) -> None:
    desk = venue.open(Role.MODERATOR)
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.post_data or "")
        if stored:
            route.fetch()
        route.abort("connectionreset")

    desk.route("**/microphone", lose)
    adds(desk, ALOUD[0])
    expect(desk.locator("#toasts .refused")).to_contain_text("did not answer")
    assert typed(desk) == ALOUD[0]
    desk.unroute("**/microphone")
    desk.reload()
    expect(desk.locator(".desk")).to_have_attribute("data-ready", "")
    assert typed(desk) == ALOUD[0]
    desk.locator("#microphone").get_by_role("button", name="Add").click()
    expect(desk.locator("#microphone-text")).to_have_value("")
    assert venue.stored() == [ALOUD[0]]
    adds(desk, ALOUD[0])
    venue.until_stored(ALOUD[0])
    expect(desk.locator("#microphone-text")).to_have_value("")
    assert venue.stored() == [ALOUD[0]] * 2, "asked again, by somebody else"


def test_a_portal_takes_nothing_from_the_box(venue: Venue) -> None:
    desk = venue.open(Role.MODERATOR)
    venue.network.set_portal("200 OK")
    adds(desk, ALOUD[0])
    expect(desk.locator("#toasts .refused")).to_contain_text("did not answer")
    assert (typed(desk), venue.stored()) == (ALOUD[0], [])
