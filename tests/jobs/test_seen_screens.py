"""When a screen answered last is kept: of those that follow in any process, now and then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.access import Access, Role
from app.jobs.seen_screens import note_all
from tests.views.site import Site, site

__all__ = ["site"]

NOW = datetime(2026, 6, 11, 9, 30, tzinfo=UTC)


def test_it_is_noted_every_half_minute_while_it_follows(site: Site) -> None:
    screen = site.links[Role.SCREEN].access.id
    portal = site.client.portal
    assert portal is not None

    def seen(seconds: float, followed_as: str) -> datetime | None:
        at = NOW + timedelta(seconds=seconds)
        portal.call(lambda: site.context.bus.tell_present("one", {f"{site.event.id}/{followed_as}": 1}))
        portal.call(note_all, replace(site.context, now=lambda: at))
        return site.ask(lambda db: db.get_one(Access, screen)).seen_at

    assert seen(0, "wall") is None
    assert [seen(seconds, f"wall~{screen}") for seconds in (0, 20, 40)] == [NOW, NOW, NOW + timedelta(seconds=40)]
    assert seen(90, "wall") == NOW + timedelta(seconds=40)
