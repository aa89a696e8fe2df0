"""Links that are shown are asked for by one process, and by none where the setting says so."""

from dataclasses import replace
from typing import Any

from app.domain.resource import Resource
from app.jobs.link_pages import Asking, one_a_host
from app.outbound.link_pages import LinkPages
from app.queries.shelf import resources
from tests.conftest import NOON
from tests.outbound.test_link_pages import serving
from tests.shared_links import on_shelf, share
from tests.views.conftest import site
from tests.views.site import Site

__all__ = ["site"]


def test_what_is_shown_is_asked_for_once_a_week_and_only_where_the_setting_lets(site: Site) -> None:
    def rounds(**settings: Any) -> list[str]:
        async def go() -> list[str]:
            async with serving(tea="<title>Tea for all</title>", held="<title>Held</title>") as web:
                ids = [await do(share, site.event.id, web.url("/tea"), f"tea {web.port}")]
                ids.append(await do(share, site.event.id, web.url("/held"), f"held {web.port}", approved=False))
                kept = site.context.settings.model_copy(update=settings)
                here = replace(site.context, settings=kept)
                by = [Asking(here, LinkPages(frozenset({web.host}), pause=0.0)) for _ in range(2)]
                for asking in (*by, *by):
                    await asking.round()
                for asking in by:
                    await asking.close()
                return web.asked

        do = site.context.backchannel.do
        return list(site._call(go))

    assert rounds(link_titles=False) == []
    assert rounds(link_titles=True) == ["/robots.txt", "/tea"]
    # Its host is a number, so a person looks first.
    titles = [(one.title, one.held_title) for one in site.ask(on_shelf, site.event.id)]
    assert sorted(titles) == [("", ""), ("", "Tea for all")]
    assert len(site.ask(resources, site.event.id)) == 2


def test_of_each_host_one_page_at_a_time_those_first_that_wait_longest() -> None:
    due = [
        Resource(id=number, event_id=1, key=str(number), url=f"https://{host}.example/{number}", ask_at=NOON)
        for number, host in enumerate("aabbcdefg")
    ]
    assert [row.id for row in one_a_host(due)] == [0, 2, 4, 5]
