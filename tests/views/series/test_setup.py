"""Setup of a series: what is typed is kept or refused with a sentence; one edition is changed beside the others."""

from datetime import UTC, datetime, timedelta

import pytest
from lxml import html

from app.actions.links import give_link
from app.domain.access import Role
from app.domain.event import Event, EventKind
from app.queries.series import series_at
from app.views.series.page import SCREENS
from tests.views.site import OURS, Site, value
from tests.weekly import Described, editions, weekly

NOW = datetime.now(UTC)
TOMORROW = (NOW + timedelta(days=1)).date()


@pytest.fixture
def tea(site: Site) -> Site:
    series = site.do(
        weekly, at=NOW, described=Described(TOMORROW, NOW.time().replace(second=0, microsecond=0)), zone="UTC"
    )
    link = site.do(give_link, series.pattern_id, Role.OWNER, at=NOW)
    site.client.get(f"/e/tea-pattern/setup?key={link.token}")
    return site


def send(tea: Site, path: str, **data: str):
    return tea.client.post(f"/s/tea{path}", data=data, headers=OURS)


def test_what_is_typed_is_shown_and_a_refusal_loses_nothing(tea: Site) -> None:
    facts = {"about": "For all", "hosts": "Asha", "confidence": "Name nobody", "every": "fortnight", "minutes": "45"}
    saved = send(tea, "/setup", first_on=str(TOMORROW), begins="12:15", **facts)
    assert saved.url.path == "/s/tea/setup"
    assert [value(saved.text, name) for name in ("about", "hosts", "begins", "every", "minutes")] == [
        "For all", "Asha", "12:15", "fortnight", "45",
    ]  # fmt: skip
    assert "Name nobody" in tea.client.get("/s/tea").text
    for wrong in ({"begins": "noonish"}, {"first_on": ""}, {"minutes": "2"}):
        refused = send(
            tea, "/setup", **{**facts, "first_on": str(TOMORROW), "begins": "12:15", "about": "Kept", **wrong}
        )
        assert (refused.status_code, value(refused.text, "about")) == (422, "Kept")
    assert tea.ask(series_at, "tea", NOW).series.about == "For all"


def test_a_pause_takes_editions_away_and_brings_them_back(tea: Site) -> None:
    send(tea, "/pauses", pause_from=str(TOMORROW), why="Holidays")
    page = tea.client.get("/s/tea").text
    assert "Holidays" in page
    assert "does not take place" in page
    (pause,) = tea.ask(series_at, "tea", NOW).pauses
    tea.client.request("DELETE", f"/s/tea/pauses/{pause.id}", headers=OURS)
    assert "does not take place" not in tea.client.get("/s/tea").text
    assert send(tea, "/pauses", pause_from="").status_code == 422


def test_one_is_moved_named_called_off_and_as_the_rule_says_again(tea: Site) -> None:
    first, second, *_ = (one.event for one in tea.ask(editions))
    path = f"/editions/{second.id}"
    send(tea, f"{path}/theme", theme="Cake")
    send(tea, f"{path}/time", day=str(TOMORROW + timedelta(days=9)), begins="09:30", minutes="30")
    page = html.document_fromstring(tea.client.get("/s/tea/setup").text)
    assert page.get_element_by_id(f"edition-{second.id}-begins").value == "09:30"
    assert page.get_element_by_id(f"edition-{second.id}-theme").value == "Cake"
    assert tea.ask(editions)[0].event.name == first.name == "Tea chat"
    send(tea, f"{path}/time")
    assert tea.ask(editions)[1].edition.called_off
    tea.client.request("DELETE", f"/s/tea{path}/time", headers=OURS)
    assert not tea.ask(editions)[1].edition.by_hand
    assert send(tea, f"{path}/time", day=str(TOMORROW - timedelta(days=9)), begins="09:30").status_code == 422


def test_the_addresses_that_stay_are_those_of_its_kind_and_each_leads_somewhere(tea: Site) -> None:
    pattern = tea.ask(series_at, "tea", NOW).pattern.id
    for kind, here, not_here in ((EventKind.CHAT, "host", "meet"), (EventKind.MEET, "meet", "host")):
        tea.do(lambda db, kind=kind: setattr(db.get_one(Event, pattern), "kind", kind))
        page = html.document_fromstring(tea.client.get("/s/tea/setup").text)
        paths = page.xpath("//ul/li/a[starts-with(@href, '/s/tea')]/@href")
        assert f"/s/tea/{here}" in paths
        assert f"/s/tea/{not_here}" not in paths
        assert [path for path in paths if path != "/s/tea" and path.rpartition("/")[2] not in SCREENS] == []
