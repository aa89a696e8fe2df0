"""One's own posts go on telling how they fare while one is corrected, and no correction that was typed is lost."""

from playwright.sync_api import Locator, Page, expect

from app.actions.verdicts import approve
from tests.browser.test_sending import QUESTION, box, says, send
from tests.browser.venue import Venue, venue
from tests.conftest import ASHA

__all__ = ["venue"]

OTHER = "Where is the quiet room?"
BETTER = "Will carers be paid for training, and when?"


def own(page: Page, words: str) -> Locator:
    return page.locator("#mine .own", has_text=words)


def correcting(venue: Venue) -> Page:
    """A phone with two posts; the first is being corrected."""
    page = venue.open()
    for words in (QUESTION, OTHER):
        send(page, words)
        expect(own(page, words)).to_have_count(1)
    own(page, QUESTION).locator("summary", has_text="Correct").click()
    page.locator("#words-1").fill(BETTER)
    return page


def test_the_others_are_told_while_one_is_corrected(venue: Venue) -> None:
    page = correcting(venue)
    page.locator("#words-1").press("End")
    venue.running.do(approve, 2, by=ASHA, at=venue.now())
    expect(page.locator("#own-2 .own-state")).to_contain_text("asked")
    expect(page.locator("#words-1")).to_be_focused()
    page.locator("#words-1").press_sequentially("!")
    expect(page.locator("#words-1")).to_have_value(BETTER + "!")
    page.locator("#own-1").get_by_role("button", name="Save").click()
    expect(page.locator("#own-1")).to_contain_text("Corrected.")
    expect(page.locator("#words-1")).to_be_hidden()
    assert venue.stored() == [BETTER + "!", OTHER]


def test_a_correction_is_there_after_a_reload(venue: Venue) -> None:
    page = correcting(venue)
    page.reload()
    expect(page.locator("#words-1")).to_be_visible()
    expect(page.locator("#words-1")).to_have_value(BETTER)
    page.locator("#own-1").get_by_role("button", name="Save").click()
    expect(page.locator("#own-1 .own-text")).to_have_text(BETTER)
    page.reload()
    expect(page.locator("#words-1")).to_be_hidden()
    assert venue.stored() == [BETTER, OTHER]


def test_a_correction_whose_post_is_decided_waits_for_its_author(venue: Venue) -> None:
    page = correcting(venue)
    venue.running.do(approve, 1, by=ASHA, at=venue.now())
    waiting = page.locator("#waiting .own")
    expect(waiting).to_contain_text("Somebody has decided on it meanwhile")
    expect(page.locator("#words-1")).to_have_count(0)
    page.reload()
    expect(waiting).to_contain_text(BETTER)
    waiting.get_by_role("button", name="Back into the box").click()
    assert box(page) == BETTER
    send(page)
    says(page, "Sent.")
    assert venue.stored() == [QUESTION, OTHER, BETTER]


def test_who_is_about_to_withdraw_is_not_interrupted(venue: Venue) -> None:
    page = correcting(venue)
    own(page, OTHER).locator("summary", has_text="Withdraw").click()
    yes = own(page, OTHER).get_by_role("button", name="Yes, withdraw it")
    expect(yes).to_be_visible()
    venue.running.do(approve, 2, by=ASHA, at=venue.now())
    expect(page.locator("#own-2 .own-state")).to_contain_text("asked")
    yes.click()
    expect(page.locator("#own-2")).to_have_count(0)
    expect(page.locator("#words-1")).to_have_value(BETTER)
    expect(page.locator("#words-1")).to_be_visible()
