"""A helper's link ends on the day that was chosen at the closing, and not before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.actions.event_states import close_event
from app.domain.access import Role
from app.jobs.expired_links import end_what_is_due
from tests.views.site import Site, site

__all__ = ["site"]


def test_the_desk_is_open_until_the_day_is_over(site: Site) -> None:
    now = datetime.now(UTC)
    site.enter(Role.MODERATOR, "desk")
    site.do(close_event, site.event.id, helpers_until=now + timedelta(days=2), at=now)
    opened = []
    for day in (1, 3):
        later = replace(site.context, now=lambda day=day: now + timedelta(days=day))
        assert site.client.portal is not None
        site.client.portal.call(end_what_is_due, later)
        opened.append(site.client.get("/e/box10/desk").status_code)
    assert opened == [200, 403]
