"""Links that are shown are asked for by one process, and by none where the setting says so."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.actions.resources import mark_resource, note_links
from app.actions.verdicts import approve, reject
from app.actions.withdrawals import withdraw
from app.domain.incoming import Withdrawal
from app.domain.resource import Mark, Resource, key_of
from app.domain.web_addresses import identity
from app.jobs.link_pages import Asking, one_a_host
from app.outbound.link_pages import LinkPages
from app.queries.shelf import resources
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON
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


class Counting:
    """The doors, and how often each question was asked."""

    def __init__(self, doors: Backchannel) -> None:
        self._doors, self.asked = doors, Counter[str]()

    async def ask(self, query: Any, *args: Any) -> Any:
        self.asked[query.__name__] += 1
        return await self._doors.ask(query, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._doors, name)


def test_who_watches_knows_what_whoever_reads_everything_does_and_does_not_read_it_all_again(site: Site) -> None:
    """A history of posts that come, go and change; after each step the shelf's rows are as if all were read afresh."""
    counting = Counting(site.context.backchannel)
    here = replace(site.context, settings=site.context.settings.model_copy(update={"link_titles": False}))
    asking = Asking(replace(here, backchannel=counting), LinkPages(frozenset()))
    event_id, now = site.event.id, datetime.now(UTC)
    url = "https://hips.example/{}".format

    def rows() -> dict[str, bool]:
        found = site.ask(resources, event_id).values()
        return {one.url: one.ask_at is not None for one in found}

    def step(act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        done = site.do(act, *args, **kwargs, at=now)
        site._call(asking.round)
        watched = rows()
        site.do(note_links, event_id, at=now)
        assert watched == rows()
        return done

    step(share, event_id, url(0), "0")
    counting.asked.clear()
    first = step(share, event_id, url(1), "1")
    held = step(share, event_id, url(2), "2", approved=False)
    again = step(share, event_id, url(1), "3")
    for number in range(10):
        step(share, event_id, "", f"plain {number}")
    step(approve, held, by=ASHA)
    assert counting.asked["link_news"] == 0
    step(reject, first, by=ASHA)
    step(reject, again, by=ASHA)
    step(approve, again, by=ASHA)
    step(mark_resource, event_id, key_of(identity(url(2))), Mark.HIDDEN, by=ASHA)
    step(mark_resource, event_id, key_of(identity(url(2))), Mark.NONE, by=ASHA)
    step(withdraw, event_id, Withdrawal("x", "2", "gone"))
    assert rows() == {url(0): True, url(1): True}
    assert 0 < counting.asked["link_news"] <= 4
