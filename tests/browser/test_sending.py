"""What somebody typed is stored once, or it is still in the box; and "Sent" is said of what was stored."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.venue import Venue, venue

__all__ = ["venue"]

QUESTION = "Will carers be paid for training?"


def box(page: Page) -> str:
    return page.locator("#text").input_value()


def send(page: Page, words: str = "") -> None:
    if words:
        page.locator("#text").fill(words)
    page.locator("#send button.primary").click()


def says(page: Page, words: str) -> None:
    expect(page.locator("#send-said")).to_contain_text(words)


def lose_the_first_answer(page: Page, *, stored: bool) -> None:
    """The first sending arrives, or does not; its answer never comes back."""
    sent: list[str] = []

    def lost(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) > 1:
            route.continue_()
            return
        if stored:
            route.fetch()
        route.abort("connectionreset")

    page.route("**/posts", lost)


def test_what_is_typed_while_it_is_sent_stays_in_the_box(venue: Venue) -> None:
    page = venue.open()
    venue.network.set("slow")
    send(page, QUESTION)
    says(page, "Sending")
    page.locator("#text").fill("And what about respite?")
    says(page, "Sent: “Will carers be paid for training?”")
    assert box(page) == "And what about respite?"
    assert venue.stored() == [QUESTION]
    send(page)
    says(page, "Sent. A moderator")
    assert box(page) == ""
    assert venue.stored() == [QUESTION, "And what about respite?"]


@pytest.mark.parametrize("stored", [True, False])
def test_improved_words_are_stored_although_the_first_answer_was_lost(venue: Venue, stored: bool) -> None:
    page = venue.open()
    lose_the_first_answer(page, stored=stored)
    send(page, "Is there a bus")
    says(page, "Waiting for the network")
    first_key = page.locator("input[name=key]").input_value()
    better = "Is there a bus to the evening do, and is it step-free?"
    page.locator("#text").fill(better)
    assert page.locator("input[name=key]").input_value() != first_key, "the key goes with the words"
    send(page)
    says(page, "Sent. A moderator")
    assert box(page) == ""
    assert venue.stored() == (["Is there a bus", better] if stored else [better])


def test_nothing_is_sent_again_while_somebody_types(venue: Venue) -> None:
    page = venue.open()
    lose_the_first_answer(page, stored=False)
    send(page, "How long")
    says(page, "Waiting for the network")
    whole = "How long do families wait for a carer assessment in the county?"
    page.locator("#text").fill("")
    page.locator("#text").press_sequentially(whole, delay=60)
    says(page, "Press Send when they are ready")
    assert (box(page), venue.stored()) == (whole, [])
    send(page)
    says(page, "Sent.")
    assert venue.stored() == [whole]


def test_a_second_question_does_not_wipe_out_the_first_that_waits(venue: Venue) -> None:
    page = venue.open()
    venue.network.set("cut")
    send(page, QUESTION)
    says(page, "Waiting for the network")
    page.locator("#text").fill("Where is the quiet room, please?")
    waiting = page.locator("#waiting .own")
    expect(waiting).to_contain_text(QUESTION)
    send(page)
    venue.network.set("open")
    says(page, "Sent.")
    venue.until_stored(QUESTION, "Where is the quiet room, please?")
    expect(waiting).to_have_count(0)
    assert box(page) == ""
    assert sorted(venue.stored()) == sorted([QUESTION, "Where is the quiet room, please?"])


def test_what_waits_can_be_taken_back_into_the_box(venue: Venue) -> None:
    page = venue.open()
    venue.network.set("cut")
    send(page, QUESTION)
    says(page, "Waiting for the network")
    page.locator("#text").fill("")
    page.get_by_role("button", name="Back into the box").click()
    assert box(page) == QUESTION
    expect(page.locator("#waiting")).to_be_hidden()
    venue.network.set("open")
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    assert venue.stored() == [], "it was taken back, so it waits for Send"


def test_what_waits_survives_a_reload_and_is_sent_once(venue: Venue) -> None:
    page = venue.open()
    lose_the_first_answer(page, stored=True)
    send(page, QUESTION)
    says(page, "Waiting for the network")
    page.locator("#text").fill("Where is the quiet room, please?")
    page.reload()
    venue.until_stored(QUESTION)
    expect(page.locator("#waiting .own")).to_have_count(0)
    assert box(page) == "Where is the quiet room, please?"
    assert venue.stored() == [QUESTION]


def test_what_is_refused_stays_in_the_box_with_the_reason(venue: Venue) -> None:
    page = venue.open()
    page.evaluate("document.getElementById('text').removeAttribute('maxlength')")
    send(page, "x" * 510)
    says(page, "too long")
    assert box(page) == "x" * 510
    send(page, QUESTION)
    says(page, "Sent.")
    assert venue.stored() == [QUESTION]


def test_two_tabs_do_not_forget_each_others_words(venue: Venue) -> None:
    first = venue.open()
    phone = first.context
    second = phone.new_page()
    second.goto(venue.address())
    venue.network.set("cut")
    send(first, QUESTION)
    says(first, "Waiting for the network")
    send(second, "Where is the quiet room, please?")
    says(second, "Waiting for the network")
    first.close()
    second.close()
    venue.network.set("open")
    phone.new_page().goto(venue.address())
    venue.until_stored(QUESTION, "Where is the quiet room, please?")
    assert len(venue.stored()) == 2
