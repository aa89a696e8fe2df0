"""House rules: everybody may read them, the organiser writes them, and what we propose is of use in the UK."""

from typing import Any

import pytest
from lxml import html

from app.actions.policies import change_policy
from app.actions.sources import change_source
from app.domain.access import Role
from app.domain.policy import Mode, Policy
from app.queries.house_rules import house_rules
from app.views.linked import reachable
from app.views.reading.words import LETS_THROUGH
from tests.conftest import ASHA, NOON
from tests.views.site import Site, value

SETUP = "/setup/house-rules"


def said(site: Site) -> Any:
    page = site.client.get("/e/box10/rules")
    assert page.status_code == 200
    return html.document_fromstring(page.text)


def test_everybody_reads_what_is_proposed_until_the_organiser_writes(site: Site) -> None:
    page = said(site)
    headings = [heading.text_content() for heading in page.xpath("//main//h2")]
    assert headings[:3] == ["In short", "What is shown, and who sees it", "Please"]
    assert {link.get("href") for link in page.xpath("//main//a")} >= {"tel:116123", "https://ico.org.uk"}
    site.enter(Role.OWNER, "setup")
    proposed = value(site.client.get(f"/e/box10{SETUP}").text, "text")
    assert proposed.startswith("# What is shown")
    contact = "Nia Rees, data@example.org or 01534 445 500"
    site.post(SETUP, text=proposed.replace("\n", "\r\n"), data_contact=contact, welfare_contact="The blue desk")
    assert site.ask(house_rules, site.event.id).text == ""  # it goes on following ours
    page = said(site)
    assert {link.get("href") for link in page.xpath("//dl//a")} == {"mailto:data@example.org", "tel:01534445500"}
    assert "The blue desk" in page.xpath("//dl")[0].text_content()
    site.post(SETUP, text="# Ours\n- <b>be</b> kind", data_contact="", welfare_contact="")
    page = said(site)
    assert [heading.text_content() for heading in page.xpath("//main//h2")] == ["In short", "Ours", "Whom to tell"]
    assert "<b>be</b> kind" in page.xpath("//main//li")[-1].text_content()
    site.post(SETUP, text="", data_contact="", welfare_contact="")
    assert len(said(site).xpath("//main//h2")) == len(headings)


def test_it_says_who_lets_posts_through_here(site: Site) -> None:
    for mode in Mode:
        site.do(change_policy, site.event.id, Policy(mode=mode), by=ASHA, at=NOON)
        assert LETS_THROUGH[mode] in said(site).xpath("//section")[0].text_content()


def test_floor_and_wall_lead_to_it(site: Site) -> None:
    for role, screen in ((Role.DELEGATE, ""), (Role.SCREEN, "wall")):
        page = html.document_fromstring(site.enter(role, screen).text)
        assert page.xpath("//a[@href='/e/box10/rules']")


def test_what_is_too_long_is_said_and_nothing_typed_is_lost(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    answer = site.post(SETUP, text="x" * 8_001, data_contact="Nia", welfare_contact="")
    assert (answer.status_code, value(answer.text, "data_contact")) == (422, "Nia")
    assert site.ask(house_rules, site.event.id).data_contact == ""


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("data@example.org", ["mailto:data@example.org"]),
        ("call +44 (0)1534 445500, or 999", ["tel:+4401534445500"]),
        ("https://ico.org.uk/x?y=1.", ["https://ico.org.uk/x?y=1"]),
        ("javascript:alert(1) <b>", []),
        ("Room 12, 2026, on 2026-06-11, for 2025 - 2026", []),
    ],
)
def test_a_contact_leads_where_it_says(text: str, leads: list[str]) -> None:
    pieces = reachable(text)
    assert "".join(piece for _, piece in pieces) == text
    assert [href for href, _ in pieces if href] == leads


def test_it_speaks_of_networks_that_are_set_up_and_of_no_others(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in site.context.networks.keys:
        site.do(change_source, site.event.id, kind, enabled=kind != "bluesky", options={}, at=NOON)

    def named() -> set[str]:
        told = said(site).xpath("//section")[0].text_content().partition("So may posts with")[2].partition(".")[0]
        return {one.label for one in site.context.networks if str(one.label) in told}

    assert "X" not in named()  # nobody has a token for it
    monkeypatch.setenv("X_BEARER_TOKEN", "a-token-of-ours")
    assert "X" in named()
    assert "Bluesky" not in named()
