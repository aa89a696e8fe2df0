"""What is asked for by a number that is none is said to be none; of an event that is over its own page stays to be had."""

from datetime import UTC, datetime

import pytest

from app.actions.event_states import close_event
from tests.conftest import NOON
from tests.meeting import meet_made
from tests.views.conftest import site
from tests.views.site import OURS, Site

__all__ = ["site"]
ODD = ("abc", "-1", "1.5", "99999999999999999999", "%00", "١٢")


@pytest.mark.parametrize("odd", ODD)
def test_a_number_that_is_none_is_refused_and_ends_nothing(site: Site, odd: str) -> None:
    first, _ = site.do(meet_made, at=datetime.now(UTC))
    asked = ["box10/archive?page", "box10/archive?prompt", "box10/transcript?prompt", f"{first.slug}/notes?version"]
    assert {path: site.client.get(f"/e/{path}={odd}").status_code for path in asked} in (
        dict.fromkeys(asked, 422),
        dict.fromkeys(asked, 200),  # digits of another script are digits
    )
    sent = {"more": odd, "name": "Kai"}
    assert site.client.post(f"/e/{first.slug}/meet/guests", data=sent, headers=OURS).status_code in {403, 422}
    for verdict in ("/verdict", "?_method=DELETE"):
        path = f"/e/{first.slug}/meet/photos/{odd}{verdict}"
        assert site.client.post(path, data={"verdict": "approved"}, headers=OURS).status_code in {403, 404, 422}


@pytest.mark.parametrize("own", ["1", "abc", "0", "%F0%9F%8D%B0"])
def test_whatever_stands_for_own_leads_to_what_was_sent_from_this_phone(site: Site, own: str) -> None:
    site.do(close_event, site.event.id, at=NOON)
    assert 'id="mine"' not in site.client.get("/e/box10").text
    page = site.client.get(f"/e/box10?own={own}")
    assert (page.status_code, 'id="mine"' in page.text) == (200, True)
