"""Times on screens are the server's, whatever the tablet's own clock says."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.actions.arrivals import receive
from app.domain.access import Role
from tests.browser.venue import Venue, venue
from tests.conftest import incoming

__all__ = ["venue"]

WRONG = {"seventeen minutes behind": -17 * 60, "a day ahead": 24 * 3600}
SHIFTED = """
const real = Date;
const by = %d * 1000;
globalThis.Date = class extends real {
  constructor(...given) { given.length ? super(...given) : super(real.now() + by); }
  static now() { return real.now() + by; }
};
"""


def tablet(wrong: str) -> dict[str, object]:
    def shift(context: BrowserContext) -> None:
        context.add_init_script(SHIFTED % WRONG[wrong])

    return {"before": shift}


def shows_time(page: Page, venue: Venue) -> None:
    """The minute that it is, or the next one, in the event's zone."""
    now = venue.now().astimezone(venue.zone())
    minutes = "|".join((now + timedelta(minutes=more)).strftime("%H:%M") for more in range(3))
    expect(page.locator("#clock")).to_have_text(re.compile(minutes))


@pytest.mark.parametrize("wrong", WRONG)
def test_the_stage_tells_what_is_left_of_the_talk_by_the_servers_clock(venue: Venue, wrong: str) -> None:
    page = venue.open(Role.SPEAKER, **tablet(wrong))
    left = int(re.sub(r"\D", "", page.locator("#left").inner_text()))
    wanted = (venue.running.talk.ends_at - venue.now()).total_seconds() / 60
    assert abs(left - wanted) < 2
    shows_time(page, venue)


@pytest.mark.parametrize("wrong", WRONG)
def test_the_walls_clock_is_the_servers(venue: Venue, wrong: str) -> None:
    shows_time(venue.open(Role.SCREEN, **tablet(wrong)), venue)


@pytest.mark.parametrize("wrong", WRONG)
def test_the_desk_counts_ages_by_the_servers_clock(venue: Venue, wrong: str) -> None:
    post = incoming("something worth saying", posted_at=venue.now())
    venue.running.do(receive, venue.running.event.id, post, at=venue.now())
    page = venue.open(Role.MODERATOR, **tablet(wrong))
    expect(page.locator("time[data-age]").first).to_have_text(re.compile(r"^\d+ ?(s|sec)"))


def test_a_clock_that_is_set_meanwhile_changes_nothing(venue: Venue) -> None:
    page = venue.open(Role.SPEAKER)
    page.evaluate("() => {" + SHIFTED % 3600 + "}")
    shows_time(page, venue)
