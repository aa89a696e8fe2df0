"""The outbox of a phone: no word leaves it but to the server, into the box, or because its author says so."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_sending import QUESTION, box, lose_the_first_answer, says, send
from tests.browser.venue import Venue, venue

__all__ = ["venue"]

SIMILAR = "Will nurses be paid for training?"


def cut_off(venue: Venue, words: str) -> Page:
    page = venue.open()
    venue.network.set("cut")
    send(page, words)
    says(page, "Waiting for the network")
    return page


def asks(page: Page) -> None:
    expect(page.locator("#waiting .own-state")).to_contain_text("Is this the question as it was before you changed it?")


def test_a_similar_second_question_from_an_empty_box_is_another_one(venue: Venue) -> None:
    page = cut_off(venue, QUESTION)
    page.locator("#text").fill("")
    send(page, SIMILAR)
    venue.network.set("open")
    venue.until_stored(QUESTION, SIMILAR)
    says(page, "Sent.")
    assert (len(venue.stored()), box(page)) == (2, "")


@pytest.mark.parametrize(
    ("answer", "stored"),
    [("No, send both", {QUESTION, SIMILAR}), ("Yes, leave it out", {SIMILAR}), ("Back into the box", {SIMILAR})],
)
def test_words_that_were_changed_in_the_box_are_asked_about(venue: Venue, answer: str, stored: set[str]) -> None:
    page = cut_off(venue, QUESTION)
    send(page, SIMILAR)
    asks(page)
    venue.network.set("open")
    says(page, "Sent.")
    assert venue.stored() == [SIMILAR]
    page.reload()
    asks(page)
    page.locator("#waiting").get_by_role("button", name=answer).click()
    expect(page.locator("#waiting")).to_be_hidden()
    venue.until_stored(*stored)
    assert set(venue.stored()) == stored
    assert box(page) == (QUESTION if answer.startswith("Back") else "")


def test_a_short_word_is_not_taken_for_the_beginning_of_another(venue: Venue) -> None:
    page = cut_off(venue, "No")
    send(page, "Nothing new here")
    asks(page)
    page.locator("#waiting").get_by_role("button", name="No, send both").click()
    venue.network.set("open")
    venue.until_stored("No", "Nothing new here")


def test_words_that_are_typed_on_and_then_thrown_away_leave_those_that_were_sent(venue: Venue) -> None:
    page = cut_off(venue, QUESTION)
    page.locator("#text").fill(f"{QUESTION} And the volunteers?")
    page.locator("#text").fill("Where is the quiet room?")
    expect(page.locator("#waiting .own")).to_contain_text(QUESTION)
    venue.network.set("open")
    venue.until_stored(QUESTION)
    assert (venue.stored(), box(page)) == ([QUESTION], "Where is the quiet room?")


def test_an_event_whose_name_begins_alike_sends_nobody_elses_words(venue: Venue) -> None:
    page = venue.open()
    lose_the_first_answer(page, stored=False)
    key = "0123456789abcdef"
    page.evaluate(
        """key => {
          const entry = (text) => JSON.stringify({ text, name: '', kind: 'ask', key });
          localStorage.setItem(`backchannel-outbox-box10-${key}`, entry('Words of before'));
          localStorage.setItem(`backchannel-outbox-box10-evening-${key}`, entry('Words of the evening, before'));
          localStorage.setItem(`backchannel-outbox/box10-evening/${key}`, entry('Words of the evening'));
          localStorage.setItem('backchannel-outbox-box10-broken', '{');
        }""",
        key,
    )
    page.unroute("**/posts")
    page.reload()
    venue.until_stored("Words of before")
    says(page, "Sent")
    assert venue.stored() == ["Words of before"]
    left = page.evaluate("Object.keys(localStorage).filter((name) => name.includes('outbox')).sort()")
    assert left == [
        "backchannel-outbox-box10-broken",
        f"backchannel-outbox-box10-evening-{key}",
        f"backchannel-outbox/box10-evening/{key}",
    ]


def test_each_tab_keeps_its_own_draft_over_a_reload(venue: Venue) -> None:
    first = venue.open()
    second = first.context.new_page()
    second.goto(venue.address())
    first.locator("#text").fill(QUESTION)
    second.locator("#text").fill(SIMILAR)
    for page in (first, second):
        page.reload()
    assert (box(first), box(second)) == (QUESTION, SIMILAR)


def test_a_phone_whose_cookie_is_gone_sends_all_the_same(venue: Venue) -> None:
    page = venue.open()
    page.context.clear_cookies()
    send(page, QUESTION)
    says(page, "Sent.")
    assert (venue.stored(), box(page)) == ([QUESTION], "")
