"""Setup: forms that lose nothing."""

import pytest

from app.domain.access import Role
from app.domain.source import Source
from app.queries.events import event_by_id
from app.queries.sources import sources
from tests.views.site import Site, value


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


def test_x_is_switched_off_and_on(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    site.post("/setup/sources/x")
    assert [source.enabled for source in of_x(site)] == [False]
    site.post("/setup/sources/x", enabled="true", mode="true")
    assert [(source.enabled, source.options["mode"]) for source in of_x(site)] == [(True, "poll")]


def of_x(site: Site) -> list[Source]:
    return [source for source in site.ask(sources, site.event.id) if source.kind == "x"]
