"""The front page: everything for a home link, what is public for everybody else."""

import logging
import re

import pytest

from app.actions.home_links import give_home_link, revoke_home_link
from app.queries.events import event_by_slug
from app.queries.home import home_links
from tests.conftest import NOON
from tests.views.home.homes import Home, home
from tests.views.site import OURS

__all__ = ["home"]


def test_without_a_home_link_there_is_a_plain_page_and_nothing_can_be_done(home: Home) -> None:
    page = home.client.get("/")
    assert page.status_code == 200
    assert "nothing public here" in page.text
    for path in ("/events", "/home-links", "/events/none/entry"):
        assert home.post(path, name="Mine", slug="mine").status_code == 403
    assert home.ask(event_by_slug, "mine") is None


def test_the_key_leaves_the_address_bar_and_opens_all_events(home: Home) -> None:
    page = home.opens()
    assert page.url.path == "/"
    assert "key" not in str(page.url)
    assert "No event yet" in page.text
    assert home.client.get("/?key=made-up").status_code == 403


def test_another_home_link_is_shown_once_and_ends_when_it_is_revoked(home: Home) -> None:
    home.opens()
    fresh = re.search(r"http://testserver(/\?key=\S+?)\"", home.post("/home-links", label="Ben").text)
    assert fresh is not None
    assert fresh[1] not in home.client.get("/").text
    ben = home.stranger()
    assert "All events" in ben.get(fresh[1]).text
    second = home.client.get("/").text.rpartition("/home-links/")[2].partition("?")[0]
    assert (
        home.client.post(f"/home-links/{second}?_method=DELETE", headers={"Origin": "http://testserver"}).status_code
        == 200
    )
    assert "nothing public here" in ben.get("/").text


def test_the_last_home_link_stays_and_the_page_says_why(home: Home) -> None:
    home.opens()
    answer = home.client.post(
        f"/home-links/{home.link.link.id}?_method=DELETE", headers={"Origin": "http://testserver"}
    )
    assert answer.status_code == 422
    assert "last home link" in answer.text


def test_a_revoked_home_link_opens_nothing_any_more(home: Home) -> None:
    home.opens()
    home.makes()
    other = home.do(give_home_link, at=NOON, label="Ben")
    home.do(revoke_home_link, home.link.link.id, at=NOON)
    assert home.client.get("/e/closer26/setup").status_code == 403
    assert home.post("/events/closer26/opening").status_code == 403
    assert other.link.revoked_at is None


def test_everybody_finds_the_events_that_are_open_and_listed_only(home: Home) -> None:
    home.opens()
    for slug, listed in (("public", "true"), ("closed-circle", ""), ("not-yet", "true")):
        home.makes(slug, name=f"The {slug}", **({"listed": listed} if listed else {}))
    for slug in ("public", "closed-circle"):
        home.post(f"/events/{slug}/opening")
    page = home.stranger().get("/").text
    assert "The public" in page
    assert "The closed-circle" not in page
    assert "The not-yet" not in page


def test_a_form_for_a_home_link_that_comes_twice_makes_one(home: Home) -> None:
    found = re.search(r'name="key" value="(\S+?)"', home.opens().text)
    assert found is not None
    key = found[1]
    first, again = [home.post("/home-links", label="Ben", key=key).text for _ in range(2)]
    shown = [re.findall(r"/\?key=(\S+?)\"", page) for page in (first, again)]
    assert shown[0]
    assert shown[0] == shown[1]
    assert [link.label for link in home.ask(home_links)] == ["Asha", "Ben"]


def test_what_is_done_with_a_home_link_stands_in_the_log(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "app.views.home.holder")
    home.opens()
    home.makes()
    for path in ("opening", "closing", "archiving"):
        home.post(f"/events/closer26/{path}")
    home.client.get("/events/closer26/export.json")
    home.client.post("/events/closer26?_method=DELETE", data={"typed": "closer26"}, headers=OURS)
    home.post("/home-links", label="Ben")
    home.client.post("/home-links/2?_method=DELETE", headers=OURS)
    assert [record.getMessage() for record in caplog.records if record.name == "app.views.home.holder"] == [
        f"home link 1 {did}"
        for did in ("made closer26", "entered closer26", "opened closer26", "closed closer26", "archived closer26",
                    "exported closer26 as json", "deleted closer26", "made home link 2", "revoked home link 2")
    ]  # fmt: skip
