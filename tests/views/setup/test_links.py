"""Links of the setup: one form makes one, an owner locks nobody out unasked, and what cannot be undone asks first."""

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from app.actions.events import Refused
from app.actions.links import give_link, revoke_link
from app.actions.red_buttons import clear_wall
from app.domain.access import Access, Role
from app.domain.event import Event
from app.queries.links import links
from app.queries.webhooks import webhooks
from tests.conftest import ASHA
from tests.views.site import OURS, Site, value


def now() -> datetime:
    return datetime.now(UTC)


def key(page: Any) -> str:
    return str(
        html.document_fromstring(page.text).xpath(
            '//form[contains(@action, "/setup/links")]//input[@name="key"]/@value'
        )[0]
    )


def given(site: Site) -> list[Access]:
    return [access for access in site.ask(links, site.event.id) if access.label == "Asha"]


def revoke(site: Site, access_id: int, more: str = "") -> Any:
    return site.client.post(f"/e/box10/setup/links/{access_id}?_method=DELETE{more}", headers=OURS)


def test_a_form_that_comes_twice_makes_one_link_and_shows_it_again(site: Site) -> None:
    form = {"role": "moderator", "label": "Asha", "key": key(site.enter(Role.OWNER, "setup"))}
    first, again = site.post("/setup/links", **form), site.post("/setup/links", **form)
    assert value(first.text, "fresh-url") == value(again.text, "fresh-url")
    assert len(given(site)) == 1
    assert key(first) != form["key"]


@pytest.mark.parametrize("other", [{"role": "speaker"}, {"key": "another form of the same page"}])
def test_another_role_or_another_form_makes_another_link(site: Site, other: dict[str, str]) -> None:
    form = {"role": "moderator", "label": "Asha", "key": key(site.enter(Role.OWNER, "setup"))}
    site.post("/setup/links", **form)
    site.post("/setup/links", **{**form, **other})
    assert len({access.token_hash for access in given(site)}) == 2


def test_a_reload_after_a_revocation_brings_nothing_back(site: Site) -> None:
    form = {"role": "moderator", "label": "Asha", "key": key(site.enter(Role.OWNER, "setup"))}
    site.post("/setup/links", **form)
    [made] = given(site)
    revoke(site, made.id)
    again = site.post("/setup/links", **form)
    assert again.status_code == 422
    assert "revoked" in again.text
    assert [access.revoked_at is None for access in given(site)] == [False]


def test_the_last_link_of_an_owner_stays_whoever_asks(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    own = site.links[Role.OWNER].access.id
    for more in ("", "&sure=true"):
        told = revoke(site, own, more)
        assert told.status_code == 422
        assert "last link of an owner" in told.text
    with pytest.raises(Refused):
        site.do(revoke_link, own, at=now())
    assert site.client.get("/e/box10/setup").status_code == 200


def test_ones_own_link_is_revoked_only_when_one_is_sure(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    own, other = site.links[Role.OWNER].access.id, site.do(give_link, site.event.id, Role.OWNER, at=now(), label="Ben")
    asked = revoke(site, own)
    assert asked.status_code == 409
    assert "Revoke the link that you are here with?" in asked.text
    assert site.client.get("/e/box10/setup").status_code == 200
    assert revoke(site, own, "&sure=true").status_code == 200
    assert site.client.get("/e/box10/setup").status_code == 403
    site.client.get(f"/e/box10/setup?key={other.token}")
    assert revoke(site, other.access.id).status_code == 422


def test_whoever_holds_another_one_is_not_asked(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    other = site.do(give_link, site.event.id, Role.OWNER, at=now(), label="Ben")
    site.client.get(f"/e/box10/setup?key={other.token}")
    assert revoke(site, site.links[Role.OWNER].access.id).status_code == 200
    assert site.client.get("/e/box10/setup").status_code == 200


def test_a_web_address_is_told_once_however_often_the_form_comes(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    assert site.post("/setup/hooks", url="https://hooks.example.org/told").status_code == 200
    assert site.post("/setup/hooks", url="https://hooks.example.org/told").status_code == 422
    assert len(site.ask(webhooks, site.event.id)) == 1


def test_what_cannot_be_undone_asks_before_there_is_a_button(site: Site) -> None:
    page = html.document_fromstring(site.enter(Role.OWNER, "setup").text)
    forms = page.xpath('//form[contains(@action, "_method=DELETE")]')
    assert len(forms) > len(Role)
    assert [form.get("action") for form in forms if not form.xpath("ancestor::details[not(@open)]")] == []


def test_a_cleared_wall_is_brought_back_by_the_address_it_was_cleared_at(site: Site) -> None:
    site.enter(Role.MODERATOR, "desk")
    site.post("/clearing")
    assert site.ask(lambda db: db.get_one(Event, site.event.id).cleared_at) > 0
    assert site.client.delete("/e/box10/clearing", headers=OURS).status_code == 200
    assert site.ask(lambda db: db.get_one(Event, site.event.id).cleared_at) == 0
    site.do(clear_wall, site.event.id, by=ASHA, at=now())
    assert site.client.delete("/e/box10/clearing", headers=OURS).status_code == 200
    assert site.client.delete("/e/box10/clearing", headers=OURS).status_code == 409


def test_no_attribute_is_written_by_an_expression_that_escapes_its_quotes(site: Site) -> None:
    """`{{ ' class="revoked"' if … }}` is written as `class=&#34;revoked&#34;`, which no style sheet knows."""
    site.enter(Role.OWNER, "setup")
    revoke(site, site.links[Role.SCREEN].access.id)
    site.client.get("/e/box10")
    for page in ("/e/box10/setup", "/e/box10"):
        assert "=&#34;" not in site.client.get(page).text
    assert "=&#34;" not in site.post("/posts", text=" ").text
    assert html.document_fromstring(site.client.get("/e/box10/setup").text).xpath('//li[@class="revoked"]')


def test_a_new_link_is_shown_once_and_kept_only_as_a_hash(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    page = site.post("/setup/links", role="moderator", label="Asha").text
    url = value(page, "fresh-url")
    token = url.partition("?key=")[2]
    assert len(token) >= 32
    assert token not in site.client.get("/e/box10/setup").text
    made = site.ask(links, site.event.id)[-1]
    assert (made.label, made.role) == ("Asha", Role.MODERATOR)
    assert token not in made.token_hash
    with TestClient(site.client.app) as stranger:  # same app, other cookies
        assert stranger.get(f"/e/box10/desk?key={token}").status_code == 200


def test_a_revoked_link_opens_nothing_any_more(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    access = site.links[Role.MODERATOR].access
    site.client.post(f"/e/box10/setup/links/{access.id}?_method=DELETE", headers=OURS)
    site.client.cookies.clear()
    assert site.enter(Role.MODERATOR, "desk").status_code == 403
