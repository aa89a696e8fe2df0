"""An owner opens and closes the event from its setup."""

from app.domain.access import Role
from app.domain.event import EventState
from app.queries.events import event_by_id
from tests.views.site import Site, site

__all__ = ["site"]


def test_an_owner_closes_the_event_and_opens_it_again(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    page = site.post("/setup/closing", farewell="Thank you", helpers_until="2099-01-01")
    assert "The event is over" in page.text
    assert site.ask(event_by_id, site.event.id).state is EventState.CLOSED
    assert "The event is open" in site.post("/setup/opening").text


def test_a_closing_that_is_refused_says_why_on_the_page(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    answer = site.post("/setup/closing", helpers_until="soon")
    assert answer.status_code == 422
    assert "not a date" in answer.text
    assert site.ask(event_by_id, site.event.id).state is EventState.OPEN
