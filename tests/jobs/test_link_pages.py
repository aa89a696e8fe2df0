"""Links that are shown are asked for by one process, and by none where the setting says so."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.actions.resources import ASK_LEASE, mark_resource, note_links
from app.actions.verdicts import approve, reject
from app.actions.withdrawals import withdraw
from app.domain.incoming import Withdrawal
from app.domain.resource import Mark, Resource, key_of
from app.domain.web_addresses import identity
from app.jobs.link_pages import LINKS_LEASE, Asking, one_a_host
from app.outbound.link_pages import LinkPages
from app.queries.link_news import cursors, resources_due
from app.queries.shelf import resources
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON
from tests.outbound.test_link_pages import serving
from tests.shared_links import on_shelf, share
from tests.until import until
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


def test_who_follows_asks_for_what_was_left_once_and_nobody_beside_them(site: Site) -> None:
    """The first is cut off while it asks, or comes late: no page is asked for twice, and none left out."""
    start, passed = datetime.now(UTC), [timedelta()]

    class Late:
        """Doors behind which another process follows while the first one still notes."""

        def __init__(self, then: Callable[[], Awaitable[None]]) -> None:
            self._doors, self._then = site.context.backchannel, then

        async def ask(self, query: Any, *args: Any) -> Any:
            if query is cursors:
                passed[0] += LINKS_LEASE + timedelta(seconds=1)
                await self._then()
            return await self._doors.ask(query, *args)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._doors, name)

    async def go() -> list[list[str]]:
        asks = site.context.settings.model_copy(update={"link_titles": True})
        here = replace(site.context, now=lambda: start + passed[0], settings=asks)
        told: list[list[str]] = []
        async with serving(**{name: f"<title>{name} for all</title>" for name in ("tea", "cake")}) as web:
            for name in ("tea", "cake"):
                await here.backchannel.do(share, site.event.id, web.url(f"/{name}"), name, at=start)

            def asking(doors: Any = here.backchannel) -> Asking:
                return Asking(replace(here, backchannel=doors), LinkPages(frozenset({web.host}), pause=0.0))

            def since() -> list[str]:
                asked = [path for path in web.asked if path != "/robots.txt"]
                web.asked.clear()
                return asked

            second = asking()
            await asking(Late(second.round)).round()
            told.append(since())
            passed[0] += LINKS_LEASE + timedelta(seconds=1)
            cut = asking()
            ended = asyncio.Event()
            cut._pages.ask = lambda _: ended.wait()  # type: ignore[method-assign,assignment,return-value]
            going = asyncio.create_task(cut.round())
            await until(lambda: here.backchannel.ask(lambda db: not resources_due(db, here.now(), 9)))
            going.cancel()
            for later in (LINKS_LEASE, ASK_LEASE, timedelta()):
                passed[0] += later + timedelta(seconds=1)
                await second.round()
                told.append(since())
        return told

    first, *later = site._call(go)
    assert (len(first), later[0]) == (1, [])
    assert sorted(first + later[1]) == ["/cake", "/tea"]
    assert later[2] == []


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
