"""Setup: forms that lose nothing, links that are shown once."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from app.domain.access import Role
from app.queries.events import event_by_id
from app.queries.links import links
from app.queries.programme import all_talks
from app.queries.sources import sources
from tests.views.site import OURS, Site, value


def test_the_owner_renames_the_event(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    answer = site.post("/setup/event", name="Box ten", hashtags="#box10 nhssm", zone="Europe/London", accent="plum")
    assert answer.status_code == 200
    event = site.ask(event_by_id, site.event.id)
    assert (event.name, event.hashtags, event.accent) == ("Box ten", ["box10", "nhssm"], "plum")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"zone": "Mars/Base"}, "not a time zone"),
        ({"hashtags": "no-way!"}, "not a hashtag"),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(site: Site, wrong: dict[str, str], said: str) -> None:
    site.enter(Role.OWNER, "setup")
    typed = {"name": "A new name", "hashtags": "box10", "zone": "Europe/London", "welcome": "Back soon", **wrong}
    answer = site.post("/setup/event", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert value(answer.text, "welcome") == "Back soon"
    assert site.ask(event_by_id, site.event.id).name == "Box 10 live"


def test_a_programme_is_pasted_one_talk_a_line(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    text = "10:00-10:45 | Care at home | Main hall | Nia Rees, Omar Said\n\n11.00–11.30 | Coffee"
    assert site.post("/setup/talks", day="2026-06-11", talks=text).status_code == 200
    talks = site.ask(all_talks, site.event.id)
    found = [(talk.title, talk.room, talk.speakers, talk.starts_at) for talk in talks if talk.id != site.talk.id]
    assert found == [
        ("Care at home", "Main hall", ["Nia Rees", "Omar Said"], datetime(2026, 6, 11, 9, 0, tzinfo=UTC)),
        ("Coffee", "", [], datetime(2026, 6, 11, 10, 0, tzinfo=UTC)),
    ]


def test_a_programme_with_a_bad_line_adds_nothing_and_loses_nothing(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    text = "10:00-10:45 | Care at home\nsoon | Something\n12:00-11:00 | Backwards"
    answer = site.post("/setup/talks", day="2026-06-11", talks=text)
    assert answer.status_code == 422
    assert "Line 2" in answer.text
    assert "Line 3" in answer.text
    assert value(answer.text, "lines") == text
    assert len(site.ask(all_talks, site.event.id)) == 1


def test_a_removed_talk_leaves_its_questions(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    answer = site.client.post(f"/e/box10/setup/talks/{site.talk.id}?_method=DELETE", headers=OURS)
    assert answer.status_code == 200
    assert site.ask(all_talks, site.event.id) == []


def test_x_is_switched_off_and_on(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    site.post("/setup/sources/x")
    assert [source.enabled for source in site.ask(sources, site.event.id)] == [False]
    site.post("/setup/sources/x", enabled="true", mode="true")
    assert [(source.enabled, source.options["mode"]) for source in site.ask(sources, site.event.id)] == [(True, "poll")]


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
