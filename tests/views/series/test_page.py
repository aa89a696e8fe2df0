"""A series at its address: what is next, what was, into which calendar; and how to take part, with a box that is no form."""

from datetime import UTC, datetime, timedelta

import pytest
from lxml import html

from app.actions.editions import keep_edition_times, keep_editions, name_edition
from app.actions.event_states import CALENDAR
from app.actions.links import give_link
from app.actions.policies import change_policy
from app.actions.sources import change_source
from app.domain.access import Role
from app.domain.policy import Mode, Policy
from tests.meeting import meet_made
from tests.views.site import Site
from tests.weekly import Described, editions, weekly

NOW = datetime.now(UTC)
BEGUN = NOW - timedelta(minutes=10)
DAILY_CLOCK = BEGUN.time().replace(second=0, microsecond=0)


@pytest.fixture
def tea(site: Site) -> Site:
    """A chat that began ten minutes ago, for the second time."""
    before = NOW - timedelta(days=7, minutes=30)
    described = Described((BEGUN - timedelta(days=7)).date(), DAILY_CLOCK, about="See https://tea.example/why")
    series = site.do(weekly, at=before, described=described, zone="UTC")
    for at in (before + timedelta(minutes=25), NOW):
        site.do(keep_editions, series.id, by=CALENDAR, at=at)
        site.do(keep_edition_times, series.id, at=at)
    site.series = series  # type: ignore[attr-defined]
    return site


def test_it_shows_what_is_on_what_was_and_what_comes(tea: Site) -> None:
    made = tea.ask(editions)
    tea.do(name_edition, made[0].event.id, "Biscuits", at=NOW)
    page = html.document_fromstring(tea.client.get("/s/TEA").text)
    assert page.get_element_by_id("next-title").text == "On now"
    assert page.xpath(f"//section[contains(@class, 'series-next')]//a[@href='/e/{made[1].event.slug}']")
    assert "Biscuits" in page.xpath("string(//section[contains(@class, 'series-last')])")
    # One more where the one that is on began before midnight.
    assert len(page.xpath("//section[@aria-labelledby='coming-title']//li")) in {3, 4}
    assert [at for at in page.xpath("//time[@data-here]/@datetime") if not at.endswith("+00:00")] == []
    assert page.xpath("//p[@class='series-about']/a/@href") == ["https://tea.example/why"]
    links = " ".join(page.xpath("//section[contains(@class, 'series-calendar')]//a/@href"))
    assert "webcal://testserver/s/tea.ics" in links
    assert "cid=webcal%3A%2F%2Ftestserver%2Fs%2Ftea.ics" in links
    assert "url=http%3A%2F%2Ftestserver%2Fs%2Ftea.ics" in links
    assert tea.client.get("/s/tea.ics").headers["content-type"].startswith("text/calendar")
    assert tea.client.get("/s/tea/feed.atom").headers["content-type"].startswith("application/atom+xml")


def test_its_addresses_lead_to_the_edition_that_is_on_with_one_link_for_all(tea: Site) -> None:
    link = tea.do(give_link, tea.series.pattern_id, Role.MODERATOR, at=NOW)  # type: ignore[attr-defined]
    on = tea.ask(editions)[1].event.slug
    assert tea.client.get("/s/tea/floor").url.path == f"/e/{on}"
    opened = tea.client.get(f"/s/tea/desk?key={link.token}")
    assert (opened.status_code, opened.url.path, opened.url.query) == (200, f"/e/{on}/desk", b"")
    at_pattern = tea.client.get(f"/e/tea-pattern/wall?key={link.token}")
    assert (at_pattern.status_code, at_pattern.url.path) == (200, f"/e/{on}/wall")
    assert tea.client.get("/s/tea/nothing").status_code == 404
    assert tea.client.get("/s/none").status_code == 404


def test_the_box_to_practise_in_has_no_way_to_send_anything(tea: Site) -> None:
    page = html.document_fromstring(tea.client.get("/s/tea/how").text)
    box = page.get_element_by_id("practice")
    assert page.xpath("//form") == []
    assert box.get("name") is None
    assert not [name for name in (*box.keys(), *page.get_element_by_id("practise").keys()) if name.startswith("hx-")]


def test_how_to_take_part_is_told_as_it_is_here(tea: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of networks that are read and no others, of who looks, and of a meet how one comes."""
    pattern = tea.series.pattern_id  # type: ignore[attr-defined]

    def told(slug: str = "tea") -> str:
        return " ".join(html.document_fromstring(tea.client.get(f"/s/{slug}/how").text).text_content().split())

    tea.do(change_source, pattern, "x", enabled=True, options={}, at=NOW)
    assert "With an account on" not in told()
    monkeypatch.setenv("X_BEARER_TOKEN", "a-token-of-ours")
    assert "With an account on X: write a post with #teachat" in told()
    assert "a person looks before anything is shown." in told()
    tea.do(change_policy, pattern, Policy(mode=Mode.PASS), at=NOW)
    assert "a person looks" not in told()
    tea.do(meet_made, at=NOW)
    assert "Q1" not in told("cake")
    assert "Say there that you come" in told("cake")
