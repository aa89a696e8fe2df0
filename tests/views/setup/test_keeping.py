"""How long what is kept: shown, tried, saved, and refused with what was typed."""

from app.actions.event_states import close_event
from app.domain.access import Role
from app.domain.retention import Retention
from app.queries.events import event_by_slug
from tests.conftest import NOON
from tests.views.site import Site, value

KEEPING = "/setup/keeping"


def kept(site: Site) -> Retention:
    return Retention.from_json(site.ask(event_by_slug, "box10").retention)


def test_what_goes_when_is_shown_tried_and_saved(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    page = site.client.get(f"/e/box10{KEEPING}").text
    assert (value(page, "days-x"), value(page, "days-floor"), value(page, "days-log")) == ("90", "365", "730")
    assert "The event is not closed: nothing goes yet." in page
    site.do(close_event, site.event.id, at=NOON)
    tried = site.post(KEEPING, **{"days-x": "10", "look": "true"}).text
    assert "Not saved yet" in tried
    assert "2026-06-21" in tried
    assert kept(site) == Retention()
    saved = site.post(KEEPING, **{"days-x": "10", "days-floor": "0"}).text
    assert "Saved." in saved
    assert (dict(kept(site).networks)["x"], kept(site).floor) == (10, 0)
    site.post(KEEPING, nothing_goes="true")
    assert kept(site).nothing_goes
    assert dict(kept(site).networks)["x"] == 10


def test_what_is_no_number_of_days_is_refused_and_stays_typed(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    for typed in ("", "ten", "-1", "3651", "1.5", "９０", "1e3"):
        answer = site.post(KEEPING, **{"days-floor": typed})
        assert (answer.status_code, "0 to 3650" in answer.text) == (422, True), typed
        assert value(answer.text, "days-floor") == typed
    assert kept(site) == Retention()


def test_programs_read_and_change_it(site: Site) -> None:
    bearer = {"Authorization": f"Bearer {site.links[Role.OWNER].token}"}
    before = site.client.get("/api/v1/retention", headers=bearer).json()
    assert (before["networks"]["x"], before["floor"]) == (90, 365)
    assert site.client.put("/api/v1/retention", json={**before, "floor": 9}, headers=bearer).json()["floor"] == 9
    assert kept(site).floor == 9
    for wrong in (
        {"floor": -1},
        {"floor": "9"},
        {"networks": {"x": 9_999}},
        {"networks": {"nowhere": 1}},
        {"flour": 1},
    ):
        assert site.client.put("/api/v1/retention", json=wrong, headers=bearer).status_code == 422, wrong
    assert kept(site).floor == 9
