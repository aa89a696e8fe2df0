"""Deleting: exported first, the address typed, the event closed; then its address leads nowhere."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.actions.change_log import publish
from app.domain.subject import Subject
from app.queries.events import event_by_slug
from tests.conftest import NOON
from tests.views.home.homes import Home, home
from tests.views.site import OURS

__all__ = ["home"]


def deletes(home: Home, typed: str) -> int:
    return int(home.client.post("/events/closer26?_method=DELETE", data={"typed": typed}, headers=OURS).status_code)


def test_an_event_is_deleted_once_it_is_closed_exported_and_named(home: Home) -> None:
    home.opens()
    home.makes()
    assert deletes(home, "closer26") == 409
    assert json.loads(home.client.get("/events/closer26/export.json").text)["event"]["slug"] == "closer26"
    assert deletes(home, "closer26") == 409
    home.post("/events/closer26/closing")
    assert deletes(home, "closer26") == 409
    home.client.get("/events/closer26/export.csv")
    assert deletes(home, "another") == 422
    assert home.ask(event_by_slug, "closer26") is not None
    assert deletes(home, " Closer26 ") == 200
    assert home.ask(event_by_slug, "closer26") is None
    for path in ("/e/closer26", "/e/closer26/setup", "/events/closer26/deletion"):
        assert home.client.get(path).status_code == 404


def test_what_happened_since_the_export_asks_for_another(home: Home) -> None:
    home.opens()
    home.makes()
    home.post("/events/closer26/closing")
    home.client.get("/events/closer26/export.md")
    assert "taken a copy since" in home.client.get("/events/closer26/deletion").text
    home.post("/events/closer26/opening")
    home.post("/events/closer26/closing")
    assert "taken a copy since" not in home.client.get("/events/closer26/deletion").text
    assert deletes(home, "closer26") == 409


@pytest.mark.parametrize("subject", list(Subject))
def test_what_no_export_holds_asks_for_none(home: Home, subject: Subject) -> None:
    home.opens()
    home.makes()
    home.post("/events/closer26/closing")
    home.client.get("/events/closer26/export.json")
    event = home.ask(event_by_slug, "closer26")
    home.do(publish, event.id, subject, 1, at=NOON)
    machines = {Subject.SOURCE, Subject.ACCESS, Subject.SEAT, Subject.WEBHOOK, Subject.ALARM}
    assert deletes(home, "closer26") == (200 if subject in machines else 409)


def test_who_presses_four_times_deletes_once_and_is_told(home: Home) -> None:
    home.opens()
    told = set()
    for number in range(5):
        slug = f"closer{number}"
        home.makes(slug)
        home.post(f"/events/{slug}/closing")
        home.client.get(f"/events/{slug}/export.json")

        def press(_: int, slug: str = slug) -> int:
            address, typed = f"/events/{slug}?_method=DELETE", {"typed": slug}
            return int(home.client.post(address, data=typed, headers=OURS, follow_redirects=False).status_code)

        with ThreadPoolExecutor(4) as hands:
            answers = sorted(hands.map(press, range(4)))
        assert answers.count(303) == 1
        told |= set(answers)
    assert told == {303, 404}


def test_another_browsers_export_is_nobody_elses(home: Home) -> None:
    home.opens()
    home.makes()
    home.post("/events/closer26/closing")
    other = home.stranger()
    other.get(f"/?key={home.link.token}")
    other.get("/events/closer26/export.json")
    assert deletes(home, "closer26") == 409
    assert home.client.get("/events/closer26/export.exe").status_code == 404


def test_an_export_of_an_earlier_event_deletes_no_later_one_at_its_address(home: Home) -> None:
    home.opens()
    home.makes()
    home.post("/events/closer26/closing")
    home.client.get("/events/closer26/export.json")
    kept = home.client.cookies["export-closer26"]
    assert deletes(home, "closer26") == 200
    home.makes()
    home.post("/events/closer26/closing")
    assert home.client.cookies["export-closer26"] == kept
    assert deletes(home, "closer26") == 409
