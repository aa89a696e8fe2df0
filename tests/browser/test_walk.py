"""Six people walk through an event before a wall: two moderators at two desks, a speaker, a visitor on a slow network, an
old phone, and one behind a hotel's portal. The slow network is late and narrow, from the first page on. Whatever was
typed is stored exactly once in the end, or still where it was typed; both desks see what either does, and the wall shows
what was approved and nothing else."""

from collections import Counter
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from app.domain.access import Role
from tests.browser.old import grow_old
from tests.browser.test_sending import box, says, send
from tests.browser.venue import Venue, venue
from tests.until import until_now

__all__ = ["venue"]

LATE_SECONDS, BYTES_A_SECOND = 1.0, 400_000 / 8
SLOW = ("Will carers be paid for training?", "And will it be paid in Welsh pounds?", "Who pays the volunteers?")
CHANGED = "And will it be paid by the county?"
OLD = ("Is there a hearing loop at the back?", "Is there a hearing loop in the foyer?")
PORTAL = ("How long do families wait?", "Where is the quiet room?", "Where is the quick room?")
HALF = "One more thing about respite that"


def kept(page: Page) -> Counter[str]:
    """What stands on a phone: in the box, waiting for the network or for an answer, and being corrected."""
    waiting = page.locator("#waiting:not([hidden]) .own-text").all_inner_texts()
    corrected = page.locator("#mine details[open].own-correct textarea")
    fields = [corrected.nth(number).input_value() for number in range(corrected.count())]
    return Counter(words for words in [box(page), *waiting, *fields] if words)


def are_once(venue: Venue, phones: Sequence[Page], typed: Sequence[str]) -> None:
    places = Counter(venue.stored())
    for phone in phones:
        places += kept(phone)
    assert places == Counter(typed)


def test_what_people_type_is_stored_once_or_still_in_its_box_and_shown_when_it_was_approved(venue: Venue) -> None:
    far, hotel = venue.another_network(delay=LATE_SECONDS, rate=BYTES_A_SECOND), venue.another_network()
    far.set("slow")
    desk, other_desk = venue.open(Role.MODERATOR), venue.open(Role.MODERATOR)
    stage, wall = venue.open(Role.SPEAKER), venue.open(Role.SCREEN)
    slow, portal = venue.open(network=far), venue.open(network=hotel)
    old = venue.open(before=grow_old)
    hotel.set_portal("200 OK")

    # Behind the portal nothing is sent; on the slow network somebody types on while the first is on its way.
    send(portal, PORTAL[0])
    send(slow, SLOW[0])
    says(slow, "Sending")
    slow.locator("#text").fill(SLOW[1])
    send(old, OLD[0])
    says(old, "Sent.")
    says(slow, "Sent: “Will carers")
    says(portal, "Your words are safe")
    assert box(slow) == SLOW[1]

    # The desk makes a question of what the old phone asked, the speaker brings it on stage, everybody sees it.
    asked = desk.locator("#held .post", has_text="hearing loop")
    asked.click()
    desk.keyboard.press("q")
    for either in (desk, other_desk):
        expect(either.locator("#held .post", has_text="hearing loop")).to_have_count(0)
    expect(wall.locator("#posts .post", has_text="hearing loop")).to_be_visible()
    stage.locator("#questions .question", has_text="hearing loop").get_by_role("button", name="Bring on stage").click()
    for page in (slow, old, stage, wall, other_desk):
        expect(page.locator("#onstage")).to_contain_text("hearing loop")
    expect(portal.locator("#onstage")).not_to_contain_text("hearing loop")

    # The second question of the slow visitor goes out, and is corrected while the other desk decides on it.
    send(slow)
    says(slow, "Sent. A moderator")
    own = slow.locator("#mine .own", has_text="Welsh pounds")
    own.locator("summary", has_text="Correct").click()
    own.locator("textarea").fill(CHANGED)
    decided = other_desk.locator("#held .post", has_text="Welsh pounds")
    decided.click()
    other_desk.keyboard.press("a")
    for either in (desk, other_desk):
        expect(either.locator("#held .post", has_text="Welsh pounds")).to_have_count(0)
    expect(slow.locator("#waiting .own")).to_contain_text(CHANGED)

    # A second one waits behind the portal, typed into an emptied box, and a third that is like it.
    for words in PORTAL[1:]:
        portal.locator("#text").fill("")
        send(portal, words)
    hotel.set("open")
    until_now(lambda: set(PORTAL) <= set(venue.stored()))
    expect(portal.locator("#waiting")).to_be_hidden()
    portal.reload()
    expect(portal.locator("#onstage")).to_contain_text("hearing loop")

    # The hall's network breaks while the old phone sends; it is reloaded when all is well again, and half a thought stays.
    venue.network.set("cut")
    old.locator("#text").fill("")
    send(old, OLD[1])
    says(old, "Waiting for the network")
    old.locator("#text").fill("")
    old.locator("#text").press_sequentially(HALF)
    venue.network.set("open")
    old.reload()
    until_now(lambda: OLD[1] in venue.stored())
    far.set("cut")
    send(slow, SLOW[2])
    says(slow, "Waiting for the network")
    expect(old.locator("#mine .own", has_text=OLD[1])).to_have_count(1)
    are_once(venue, (slow, old, portal), [*SLOW, CHANGED, *OLD, *PORTAL, HALF])
    shown = ("hearing loop at the back", "Welsh pounds")
    expect(wall.locator("#posts .post")).to_have_count(len(shown))
    for words in shown:
        expect(wall.locator("#posts .post", has_text=words)).to_have_count(1)
    for page in (desk, other_desk, stage, wall):
        expect(page.locator("body")).to_have_attribute("data-connection", "up")
