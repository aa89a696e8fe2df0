"""The timelines of hashtags, page by page: what is new, what came late, what was the very first."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.domain.incoming import Found, Incoming
from app.sources import Clock, Outlet, Unreadable
from app.sources.json_fields import Json, objects_of
from app.sources.mastodon.asked_server import AskedServer
from app.sources.mastodon.payload import NotForUs, Wishes, id_or_blank, read_status

log = logging.getLogger(__name__)

STATUSES_A_PAGE = 40
FULL_PAGE = 20
"""A page of so many may have another after it: some servers give no more at once, whatever is asked for."""
MAX_PAGES = 25
FIRST_LOOK_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where to ask. `newest` are the positions of all timelines, this one's under `key`; None: none is to be kept."""

    route: str
    beside: list[tuple[str, str]]
    key: str
    newest: dict[str, str] | None


class Pages:
    """What servers say on their timelines, stored with where the next look begins."""

    def __init__(self, wishes: Wishes, clock: Clock) -> None:
        self._wishes, self._clock = wishes, clock

    async def after(self, server: AskedServer, timeline: Timeline, after: str, outlet: Outlet, most: int) -> None:
        """From the oldest that is new to the newest; each page is stored with where it ends."""
        for _ in range(most):
            since = [("min_id", after)] if after else []
            answer = await server.wire.get(timeline.route, [("limit", str(STATUSES_A_PAGE)), *timeline.beside, *since])
            page = objects_of(answer.content)
            if not isinstance(answer.content, list):
                raise server.wire.garbled()
            if not page:
                if timeline.newest is not None and not after:
                    await _reached(timeline, "", [], outlet)
                return
            found = self._read(server, page, first_look=not after)
            after = answer.newer or _first_id(page) or after
            if timeline.newest is None:
                await outlet.store(found)
            else:
                await _reached(timeline, after, found, outlet)
            if len(page) < FULL_PAGE or not since:
                return

    async def first_ever(self, server: AskedServer, timeline: Timeline, outlet: Outlet) -> None:
        """There was nothing when it was looked at first: all there is now is new, and read back to its beginning."""
        pages: list[list[Json]] = []
        before, newest = "", ""
        while len(pages) < MAX_PAGES:
            until = [("max_id", before)] if before else []
            answer = await server.wire.get(timeline.route, [("limit", str(STATUSES_A_PAGE)), *timeline.beside, *until])
            if not isinstance(answer.content, list):
                raise server.wire.garbled()
            if not (page := objects_of(answer.content)):
                break
            newest = newest or answer.newer or _first_id(page)
            before = _first_id(page[::-1])
            pages.append(page)
            if not before:
                break
        for page in reversed(pages):
            await outlet.store(self._read(server, page, first_look=False))
        if newest:
            await _reached(timeline, newest, [], outlet)

    def _read(self, server: AskedServer, page: Sequence[Json], *, first_look: bool) -> list[Found]:
        found: list[Found] = []
        for status in reversed(page):
            try:
                one = read_status(status, server=server.wire.name, wishes=self._wishes)
            except NotForUs:
                continue
            except Unreadable as unreadable:
                log.warning("a status of %s cannot be read (%s)", server.wire.name, unreadable)
                continue
            if not first_look or one.posted_at > self._clock.now() - FIRST_LOOK_BACK:
                found.append(one)
                if isinstance(one, Incoming):
                    server.know(one.version_ref, one.ref)
        return found


async def _reached(timeline: Timeline, place: str, found: Sequence[Found], outlet: Outlet) -> None:
    """Store it with where the next look begins; '' says that there was nothing yet."""
    if timeline.newest is not None:
        await outlet.store(found, {**timeline.newest, timeline.key: place})
        timeline.newest[timeline.key] = place


def _first_id(page: Sequence[Json]) -> str:
    return next((known for status in page if (known := id_or_blank(status))), "")
