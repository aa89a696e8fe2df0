"""The job of retention: all ended events, and no other."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from app.actions.arrivals import receive
from app.actions.event_states import close_event
from app.actions.events import create_event
from app.domain.post import Post
from app.jobs import retention
from app.jobs.retention import forget_what_is_due
from tests.conftest import NOON, incoming
from tests.views.site import Site, site

__all__ = ["site"]


def test_ended_events_let_go_and_one_that_goes_on_does_not(site: Site) -> None:
    other = site.do(create_event, "other", name="Other", hashtags=[], at=NOON)
    for event in (site.event, other):
        site.do(receive, event.id, incoming(f"Words in {event.slug}", ref=event.slug), at=NOON)
    site.do(close_event, other.id, at=NOON)
    clock = NOON + timedelta(days=91)
    context = replace(site.context, now=lambda: clock)
    assert site.client.portal.call(forget_what_is_due, context) == 1  # type: ignore[union-attr]
    assert site.ask(lambda db: [post.ref for post in db.exec(select(Post))]) == ["box10"]
    assert site.client.portal.call(forget_what_is_due, context) == 0  # type: ignore[union-attr]
    assert retention.RETENTION.name == "retention"
