"""Who may listen to what: from memory where this process asked before, else by asking the database."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeVar

from app.domain.access import Role
from app.domain.event import Event
from app.live.feed import Feed
from app.live.following import Admitted, Following
from app.live.listeners.handshake import Handshake, HandshakeRefused
from app.queries.events import EventGone, event_by_slug
from app.queries.links import open_access
from app.queries.rooms import has_room
from app.views.context import Context
from app.views.cookies import WithCookies, holder
from app.views.view import View

EVENTS = 1_000
T = TypeVar("T")


class Admission:
    """The links of an Event are remembered until one of them changes, which the Event's log tells."""

    def __init__(self, context: Context, feed: Feed) -> None:
        self._context = context
        self._feed = feed
        self._events: dict[str, tuple[int, datetime]] = {}
        self._asking: dict[tuple[str, ...], asyncio.Task[Any]] = {}

    def at_once(self, handshake: Handshake, slug: str, view: str) -> Admitted | None:
        """None if it is not known here. Raises HandshakeRefused for a page of another site."""
        if not handshake.same_origin(self._context.settings.public_url):
            raise HandshakeRefused(HTTPStatus.FORBIDDEN, "Sockets are for pages of this server only.")
        return self.known(handshake, slug, view)

    def known(self, asking: WithCookies, slug: str, view: str) -> Admitted | None:
        """What this process remembers of who asks."""
        wanted = self._screen(view)
        event_id, created_at = self._events.get(slug, (None, None))
        following = self._feed.followed(event_id) if event_id is not None else None
        if following is None or following.created_at != created_at:
            return None
        if wanted.room_id is not None and wanted.room_id not in following.rooms:
            return None  # a screen is looked up with its link, below
        if wanted.role is None:
            return following.everybody
        key = (view, _cookie(asking, slug))
        if key not in following.admitted:
            return None
        access_id = following.admitted[key]
        return Admitted(following, access_id, access_id is not None, following.links)

    async def ask(self, asking: WithCookies, slug: str, view: str) -> Admitted:
        """Raises HandshakeRefused when there is no such Event. Many who ask the same are answered by one look."""
        following, event = await self._shared((slug,), lambda: self._find(slug))
        room_id, role = self._screen(view).room_id, self._screen(view).role
        if room_id is not None and room_id not in following.rooms:
            if not await self._context.backchannel.ask(has_room, event.id, room_id):
                raise HandshakeRefused(HTTPStatus.NOT_FOUND, "There is nothing to follow here.")
            following.rooms.add(room_id)
        if role is None:
            return following.everybody
        key = (slug, view, _cookie(asking, slug))
        return await self._shared(key, lambda: self._check(following, event, asking, view, role))

    def _screen(self, view: str) -> View:
        if not self._context.views.knows(view):
            raise HandshakeRefused(HTTPStatus.NOT_FOUND, "There is nothing to follow here.")
        return self._context.views[view]

    async def _find(self, slug: str) -> tuple[Following, Event]:
        event = await self._context.backchannel.ask(event_by_slug, slug)
        if event is None:
            raise HandshakeRefused(HTTPStatus.NOT_FOUND, "There is nothing to follow here.")
        if len(self._events) >= EVENTS:
            self._events.clear()
        self._events[slug] = event.id, event.created_at
        try:
            return await self._feed.follow(event.id, event.created_at), event
        except EventGone:
            raise HandshakeRefused(HTTPStatus.NOT_FOUND, "There is nothing to follow here.") from None

    async def _check(self, following: Following, event: Event, asking: WithCookies, view: str, role: Role) -> Admitted:
        links = following.links
        access_id = await self._link(asking, event, role, self._screen(view).screen_id)
        # A link that was revoked meanwhile may have been read before: then it is not remembered, nor does it hold.
        if following.links == links:
            following.admit(view, _cookie(asking, event.slug), access_id)
        return Admitted(following, access_id, access_id is not None, links)

    async def _shared(self, key: tuple[str, ...], look: Callable[[], Coroutine[Any, Any, T]]) -> T:
        task: asyncio.Task[T] | None = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(look())
            task.add_done_callback(lambda _done: self._asking.pop(key, None))
        return await asyncio.shield(task)

    async def _link(self, asking: WithCookies, event: Event, role: Role, screen_id: int | None) -> int | None:
        """The link by which a browser may do what a role does, if it holds one; on a screen, the screen's own."""
        hashes = self._context.cookies.links(asking, event.slug)
        held = await self._context.backchannel.ask(holder, event.id, hashes)
        access = held.may(role) if screen_id is None else held.on_screen(screen_id)
        if access is None or screen_id is None or access.id == screen_id:
            return access.id if access is not None else None
        screen = await self._context.backchannel.ask(open_access, screen_id, event.id)
        return access.id if screen is not None and screen.role is Role.SCREEN else None


def _cookie(asking: WithCookies, slug: str) -> str:
    return asking.cookies.get(f"links-{slug}", "")
