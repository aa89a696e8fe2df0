"""A meet for who comes: by plain forms, with a private link, the place for those alone if the hosts want it so."""

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar
from lxml import html

from app.actions.editions import call_off_edition
from app.actions.links import give_link
from app.actions.policies import change_policy
from app.domain.access import Role
from app.domain.event import Event
from app.domain.meet import MeetFacts
from app.domain.policy import Mode, Policy
from app.domain.series import Edition
from app.queries.meets import guests_of
from app.queries.series import series_of
from tests.conftest import ASHA
from tests.meeting import FACTS, meet_made
from tests.views.conftest import site
from tests.views.site import OURS, Site

__all__ = ["site"]
HIDDEN = MeetFacts(place="The Tea Room", map_url="https://map.example/", seats=4, place_for_guests=True)


def test_somebody_comes_by_a_private_link_and_takes_it_back(site: Site) -> None:
    at = datetime.now(UTC)
    first, _ = site.do(meet_made, facts=HIDDEN, at=at)
    here = f"/e/{first.slug}/meet"

    def page(path: str = here) -> str:
        return site.client.get(path).text

    def post(path: str, status: int = 303, **data: Any) -> str:
        answer = site.client.post(path, data=data, headers=OURS, follow_redirects=False)
        assert answer.status_code == status, answer.text
        return str(answer.headers.get("location", answer.text))

    site.client.cookies.clear()
    assert site.client.post(f"{here}/guests", data={"name": "Kai"}, headers=OURS).status_code == 403
    assert "Tea Room" not in page()
    assert b"LOCATION" not in site.client.get(f"{here}.ics").content
    assert "Type a name" in post(f"{here}/guests", 422, name=" ", brings="Cake")
    own = post(f"{here}/guests", name="Kai <b>", more=1, brings="Cake", shown="true").partition("?")[0]
    assert own.startswith(f"{here}/guests/")
    assert "The Tea Room" in page()  # this phone comes
    site.client.cookies.clear()
    assert "The Tea Room" not in page()
    assert "2 people come." in page()
    assert "Kai" not in page()  # a person looks first
    assert "The Tea Room" in page(own)
    assert "Kai &lt;b&gt;" in page(own)
    assert b"LOCATION:The Tea Room" in site.client.get(f"{own}/meet.ics").content
    link = site.do(give_link, first.id, Role.MODERATOR, at=at)
    site.client.get(f"/e/{first.slug}/desk?key={link.token}")
    assert b"LOCATION:The Tea Room" in site.client.get(f"{here}.ics").content
    site.client.cookies.clear()
    assert b"LOCATION" not in site.client.get(f"{here}.ics").content
    assert "There is no room" in post(own, 422, name="Kai", more=4)
    post(own, name="Kai", more=2)
    assert "3 people come." in page()
    assert site.client.get(f"{here}/guests/else").status_code == 404
    post(f"{own}?_method=DELETE")
    assert "0 people come." in page()
    assert site.client.get(own).status_code == 404
    assert site.client.get("/e/box10/meet").status_code == site.client.get("/e/box10/notes").status_code == 404
    assert [one.get("src").rpartition("/")[2] for one in html.document_fromstring(page()).xpath("//script")] == [
        "series.js"
    ]


def test_who_has_lost_their_link_takes_it_back_on_the_phone_that_said_so_also_after_the_meet(site: Site) -> None:
    at = datetime.now(UTC)
    first, _ = site.do(meet_made, at=at)
    here = f"/e/{first.slug}/meet"

    def forms() -> list[str]:
        page = html.document_fromstring(site.client.get(here).text)
        return [one.get("action") for one in page.xpath("//section[@id='come']//form")]

    site.client.get(here)
    for over in (False, True):
        site.do(lambda db, over=over: setattr(db.get_one(Edition, first.id), "ends_at", at + timedelta(days=9)))
        assert forms() == [f"{here}/guests"]
        site.client.post(f"{here}/guests", data={"name": "Kai"}, headers=OURS)
        if over:
            site.do(lambda db: setattr(db.get_one(Edition, first.id), "ends_at", at))
        kai, taken_back = dict(site.client.cookies), f"{here}/guests?_method=DELETE"
        assert forms()[over - 1 :] == [taken_back]
        site.client.cookies.clear()
        site.client.get(here)
        assert site.client.post(taken_back, headers=OURS).status_code == 200  # another phone has nothing to take back
        assert len(site.ask(guests_of, first.id)) == 1
        site.client.cookies.clear()
        site.client.cookies.update(kai)
        assert "off the list" in site.client.post(taken_back, headers=OURS).text
        assert site.ask(guests_of, first.id) == []


def test_who_looks_at_a_name_is_told_as_it_is(site: Site) -> None:
    first, _ = site.do(meet_made, at=datetime.now(UTC))
    here = f"/e/{first.slug}/meet"
    assert "A person looks before a name is shown." in site.client.get(here).text
    site.do(change_policy, first.id, Policy(mode=Mode.PASS), by=ASHA, at=datetime.now(UTC))
    assert "A person looks" not in (said := site.client.get(here).text)
    assert "no cause for doubt is shown at once" in said
    site.do(lambda db: setattr(db.get_one(Event, first.id), "has_reader", True))
    assert "A person looks before a name is shown." in site.client.get(here).text


def test_of_a_meet_that_is_called_off_nobody_is_asked_to_come(site: Site) -> None:
    at = datetime.now(UTC)
    first, _ = site.do(meet_made, at=at)
    site.do(call_off_edition, first.id, by=ASHA, at=at)
    page = html.document_fromstring(site.client.get(f"/e/{first.slug}/meet").text)
    assert "It does not take place." in page.text_content()
    assert page.xpath("//section[@id='come']//form") == []


def test_its_calendar_has_the_time_by_the_clock_of_the_place_and_reminds_twice(site: Site) -> None:
    first, _ = site.do(meet_made)
    (entry,) = Calendar.from_ical(site.client.get(f"/e/{first.slug}/meet.ics").content).walk("VEVENT")
    assert entry["DTSTART"].dt.isoformat() == "2026-10-20T14:00:00+01:00"
    assert str(entry["LOCATION"]) == FACTS.place
    assert [alarm["TRIGGER"].dt.total_seconds() / -3600 for alarm in entry.walk("VALARM")] == [24, 2]


def test_hosts_judge_names_describe_it_and_write_notes_of_which_all_versions_stay(site: Site) -> None:
    first, _ = site.do(meet_made, at=datetime.now(UTC))
    here, notes = f"/e/{first.slug}/meet", f"/e/{first.slug}/notes"
    link = site.do(give_link, first.id, Role.MODERATOR, at=datetime.now(UTC))
    site.client.get(here)
    site.client.post(f"{here}/guests", data={"name": "Kai", "shown": "true"}, headers=OURS)
    assert "For hosts" not in site.client.get(here).text
    site.client.get(f"/e/{first.slug}/desk?key={link.token}")

    def form(path: str, action: str, status: int = 200, **data: str) -> str:
        page = html.document_fromstring(site.client.get(path).text)
        (found,) = [one for one in page.xpath("//form") if one.get("action").endswith(action)]
        answer = site.client.post(found.get("action"), data={**dict(found.form_values()), **data}, headers=OURS)
        assert answer.status_code == status, answer.text
        return answer.text

    stale = html.document_fromstring(site.client.get(here).text).xpath("//form[contains(@action, '/verdict')]")[0]
    site.client.post(f"{here}/guests", data={"name": "Kai R.", "shown": "true"}, headers=OURS)
    told = site.client.post(stale.get("action"), data=dict(stale.form_values()), headers=OURS)
    assert (told.status_code, "changed meanwhile" in told.text, "Kai R." in told.text) == (409, True, True)
    form(here, "/verdict")
    form(here, "/meet", cake="Everybody", seats="12")
    assert "begins with https" in form(here, "/meet", 422, map_url="javascript:1")
    form(notes, "/notes", text="# Agreed\n- read https://hips.example/guide\n<b>bold</b>")
    form(notes, "/notes", text="# Agreed\n- read it")
    assert "hips.example" in site.client.get(f"{notes}?version=1").text
    stale = {"text": "Other words", "after": "1"}
    told = site.client.post(notes, data=stale, headers=OURS)
    assert (told.status_code, "Other words" in told.text, "- read it" in told.text) == (409, True, True)
    site.client.cookies.clear()
    page = html.document_fromstring(site.client.get(here).text)
    assert "Kai" in page.xpath("string(//section[@id='come']//li)")
    assert [one.text for one in page.xpath("//h3")] == ["First", "Agreed"]
    assert "hips.example" not in site.client.get(f"{notes}?version=1").text
    assert "Everybody" in page.text_content()
    assert page.xpath("//form[contains(@action, 'list') or contains(@action, 'notes')]") == []
    assert site.client.post(notes, data=stale, headers=OURS).status_code == 403


def test_hosts_open_it_and_the_notes_with_a_link_of_the_series(site: Site) -> None:
    """The key leaves the address bar, and what everybody may read takes none."""
    at = datetime.now(UTC)
    first, _ = site.do(meet_made, at=at)
    link = site.do(give_link, site.ask(series_of, first.id).pattern_id, Role.MODERATOR, at=at)
    for page, opens in (("meet", True), ("notes", True), ("rules", False), ("transcript", False)):
        site.client.cookies.clear()
        shown = site.client.get(f"/s/cake/{page}?key={link.token}")
        assert (shown.status_code, shown.url.path, shown.url.query) == (200, f"/e/{first.slug}/{page}", b"")
        assert ("For hosts" in shown.text or "Write the notes" in shown.text) is opens
    assert site.client.get(f"/e/{first.slug}/meet?key=else").status_code == 403
