"""The days of an event, what it is and whether everybody finds it are changed in setup after it was made."""

from datetime import date

from app.domain.access import Role
from app.domain.event import EventKind
from app.queries.events import event_by_slug
from tests.views.site import Site, site, value

__all__ = ["site"]


def test_days_kind_and_the_front_page_are_changed_and_what_is_wrong_loses_nothing(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    site.post("/setup/days", kind="chat", starts_on="2026-06-11", ends_on="", listed="true")
    event = site.ask(event_by_slug, "box10")
    first = date(2026, 6, 11)
    assert (event.kind, event.starts_on, event.ends_on, event.listed) == (EventKind.CHAT, first, first, True)
    assert "Box 10 live" in site.client.get("/").text
    for wrong, said in (
        ({"ends_on": "2026-06-10"}, "The last day is before the first."),
        ({"ends_on": "x"}, "not a date"),
    ):
        answer = site.post("/setup/days", kind="meet", starts_on="2026-06-11", **wrong)
        assert (answer.status_code, said in answer.text) == (422, True)
        assert value(answer.text, "ends_on") == wrong["ends_on"]
    site.post("/setup/days", kind="nonsense", starts_on="", ends_on="")
    event = site.ask(event_by_slug, "box10")
    assert (event.kind, event.starts_on, event.ends_on, event.listed) == (EventKind.CHAT, None, None, False)
