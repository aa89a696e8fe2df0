"""Links that are shown are known, and their pages asked for their titles; once a week whether they are still there."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from app.actions.leases import release_lease, take_lease
from app.actions.resources import note_links, note_more_links, note_page, take_page
from app.domain.resource import Resource
from app.domain.web_addresses import host_of
from app.jobs.job import Job
from app.outbound.link_pages import MAX_ASKED_AT_ONCE, LinkPages
from app.queries.link_news import LinkLines, cursors, link_lines, link_news, resources_due, shown_links
from app.store.doors import Busy, Unreachable
from app.views.context import Context

ROUND_SECONDS = 5.0
LINKS_LEASE = timedelta(seconds=60)
"""Longer than a round takes: `WAY_SECONDS` bounds it."""
ASKING = "links"
"""The lease of the one process that asks for all: so one request a host at a time holds for all of them."""
PAGES_AT_ONCE = 200
EVERYTHING = LinkLines(True)


class Asking:
    """What one process knows of its rounds."""

    def __init__(self, context: Context, pages: LinkPages) -> None:
        self._context, self._pages = context, pages
        self._by = uuid4().hex
        self._seen: dict[int, int] = {}
        self._shown: dict[int, dict[int, frozenset[str]]] = {}
        """Of each event the posts that have links and are shown, with the keys of these."""

    async def round(self) -> None:
        doors = self._context.backchannel
        if not await self._is_ours():
            return
        now = await doors.ask(cursors)
        for event_id in [event_id for event_id, cursor in now.items() if self._seen.get(event_id) != cursor]:
            await self._note(event_id)
        self._seen = now
        self._shown = {event_id: shown for event_id, shown in self._shown.items() if event_id in now}
        # What was noted may have taken long: whoever follows asks the same hosts.
        if self._context.settings.link_titles and await self._is_ours():
            due = await doors.ask(resources_due, self._context.now(), PAGES_AT_ONCE)
            # Each is waited for: one that is cut off would count as a page that is away.
            went = await asyncio.gather(*map(self._ask, one_a_host(due)), return_exceptions=True)
            for error in filter(None, went):
                raise error

    async def _is_ours(self) -> bool:
        at = self._context.now()
        until = at + LINKS_LEASE
        return bool(await self._context.backchannel.do(take_lease, ASKING, by=self._by, until=until, at=at))

    async def _note(self, event_id: int) -> None:
        """Only posts that changed are read, unless one of them lost a link, or anything else may have hidden some."""
        doors, at = self._context.backchannel, self._context.now()
        known = self._shown.get(event_id)
        told = await doors.ask(link_lines, event_id, self._seen.get(event_id, 0)) if known is not None else EVERYTHING
        ids = None if told.everything else told.posts
        there = await doors.ask(shown_links, event_id, ids) if ids is None or ids else {}
        before = {} if known is None else known if ids is None else {one: known[one] for one in ids if one in known}
        now = {post_id: frozenset(links) for post_id, links in there.items()}
        if ids is None or any(keys - now.get(post_id, frozenset()) for post_id, keys in before.items()):
            if await doors.ask(link_news, event_id):  # the one writer is not held up for nothing
                await doors.do(note_links, event_id, at=at)
        elif now != before:
            more = {key: url for links in there.values() for key, url in links.items()}
            await doors.do(note_more_links, event_id, more, at=at)
        kept = {} if known is None or ids is None else {one: keys for one, keys in known.items() if one not in ids}
        self._shown[event_id] = kept | now

    async def close(self) -> None:
        await self._pages.close()
        with suppress(Busy, Unreachable):  # then it runs out by itself
            await self._context.backchannel.do(release_lease, ASKING, by=self._by)

    async def _ask(self, row: Resource) -> None:
        doors = self._context.backchannel
        if url := await doors.do(take_page, row.id, at=self._context.now()):
            page = await self._pages.ask(url)
            await doors.do(note_page, row.id, page, at=self._context.now())


def one_a_host(due: list[Resource]) -> list[Resource]:
    """Those that are asked for together: a few, and none of a host that another one is of."""
    by_host = {host_of(row.url): row for row in reversed(due)}
    return sorted(by_host.values(), key=lambda row: (row.ask_at, row.id))[:MAX_ASKED_AT_ONCE]


async def _keep_asking(context: Context) -> None:
    settings = context.settings
    asking = Asking(context, LinkPages(settings.allowed_link_hosts, contact=settings.public_url))
    try:
        while True:
            await asking.round()
            await asyncio.sleep(ROUND_SECONDS)
    finally:
        await asking.close()


LINK_PAGES = Job("link pages", _keep_asking)
