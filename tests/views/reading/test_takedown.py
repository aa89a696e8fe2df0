"""The form that anybody may use: bounded, limited, once for each form, and no field for people to fall into."""

from datetime import timedelta

import pytest
from lxml import html

from app.actions.arrivals import receive
from app.domain.takedown import Takedown
from app.queries.takedowns import takedowns
from tests.conftest import NOON, incoming
from tests.views.site import Site, value

ASKED = {"link": "https://x.example/jo/status/1", "why": "It names me"}


def register(site: Site) -> list[Takedown]:
    return [one.takedown for one in site.ask(takedowns, site.event.id)]


def test_anybody_asks_without_account_cookie_or_script(site: Site) -> None:
    page = html.document_fromstring(site.client.get("/e/box10/takedown?link=https://a.example/1").text)
    assert page.xpath("//form//script") == []
    assert page.get_element_by_id("link").value == "https://a.example/1"
    (trap,) = page.xpath("//input[@name='website']")
    assert (trap.get("tabindex"), trap.getparent().get("aria-hidden")) == ("-1", "true")
    site.client.cookies.clear()
    assert site.post("/takedown", **ASKED, key="once").status_code == 200
    site.post("/takedown", **ASKED, key="once")
    (asked,) = register(site)
    assert (asked.link, asked.why, asked.due_at - asked.at) == (ASKED["link"], "It names me", timedelta(hours=24))
    site.post("/takedown", words="What was said of me", why="It hurts", key="other")
    assert [one.due_at - one.at for one in register(site)] == [timedelta(hours=24), timedelta(days=30)]
    for place in ("", "/now", "/rules"):
        assert '/e/box10/takedown"' in site.client.get(f"/e/box10{place}").text


def test_a_post_of_a_phone_is_a_complaint_and_one_of_a_network_has_a_day(site: Site) -> None:
    phone = site.do(receive, site.event.id, incoming(ref="1", source="floor", device="d"), at=NOON).post_id
    network = site.do(receive, site.event.id, incoming("Other words here", ref="2"), at=NOON).post_id
    for number, post_id in enumerate((phone, network)):
        site.post("/takedown", link=f"/e/box10#post-{post_id}", why="w", key=str(number))
    assert {one.post_id: one.due_at - one.at for one in register(site)} == {
        phone: timedelta(days=30), network: timedelta(days=1),
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{}, {"why": ""}, {"link": "", "words": ""}, {"why": "w" * 2_001}, {"link": "l" * 501}]
)
def test_what_is_missing_or_too_long_is_said_and_nothing_typed_is_lost(site: Site, wrong: dict[str, str]) -> None:
    said = {**ASKED, **wrong} if wrong else {}
    answer = site.post("/takedown", **said)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert value(answer.text, "why") == said.get("why", "")
    assert register(site) == []


def test_a_program_that_fills_in_everything_is_thanked_and_not_heard(site: Site) -> None:
    assert "Sent." in site.post("/takedown", **ASKED, website="https://spam.example").text
    assert register(site) == []


def test_many_at_once_are_asked_to_wait_and_keep_their_words(site: Site) -> None:
    answers = [site.post("/takedown", **ASKED, key=f"k{number}") for number in range(32)]
    assert [answer.status_code for answer in answers].count(200) == 30
    assert answers[-1].status_code == 429
    assert value(answers[-1].text, "why") == "It names me"
    assert len(register(site)) == 30
