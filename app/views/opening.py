"""Opening a screen: by a role link's key once, by the cookie it left from then on."""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import quote

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.links import token_hash
from app.domain.access import Role
from app.domain.event import Event, EventState
from app.domain.screen_kind import OVERLAYS
from app.domain.sentence import Sentence
from app.queries.links import open_access, opens
from app.queries.rooms import room_at
from app.queries.series import series_by_pattern
from app.views import words
from app.views.context import Context, came_from
from app.views.view import HUNG, OVERLAY, WALL, View

OF_EDITIONS = {"desk", "host", "wall", "overlay", "stage", "floor", "now", "remote"}
"""Screens that a series has in its editions only."""


async def open_view(
    request: Request,
    context: Context,
    name: str,
    slug: str,
    *,
    room: str = "",
    screen: int = 0,
    without: Collection[str] = (),
    **more: Any,
) -> Response:
    """The page of a screen, if whoever asks may open it; that of one room, if there is one with this key.

    `without` are parts of the screen that this page does not hold.
    """
    event = await context.event(slug)
    if event.state is EventState.PREPARED and name in OF_EDITIONS:
        series = await context.backchannel.ask(series_by_pattern, event.id)
        if series is not None:  # a pattern never takes place: its links lead to the edition that does
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/s/{series.slug}/{name}{query}", 303)
    if key := request.query_params.get("key"):
        return await by_key(request, context, event, key)
    if slug != event.slug:
        path: str = request.scope["path"]  # as it reads, like the slug: not the escapes of the address
        return RedirectResponse(quote(path.replace(f"/e/{slug}", f"/e/{event.slug}", 1)), 307)
    view = context.views[name]
    await require(request, context, view, event)
    if room:
        found = await context.backchannel.ask(room_at, event.id, room)
        if found is None:  # there is one room only by now, or it is not in the programme any more
            return RedirectResponse(f"/e/{event.slug}/{name}", 303)
        view = view.at(found.id)
    elif name in HUNG and (screen := screen or (await context.holder(request, event)).screen):
        held = (await context.holder(request, event)).on_screen(screen)
        shown = await context.backchannel.ask(open_access, screen, event.id)
        if held is None or shown is None or shown.role is not Role.SCREEN:
            return RedirectResponse(f"/e/{event.slug}/{name}", 303)
        page = OVERLAY if shown.may_show in OVERLAYS else WALL
        if page == name:
            view = view.at(shown.room_id).on(screen)
        elif name == WALL or request.query_params.get("screen"):
            return RedirectResponse(f"/e/{event.slug}/{page}?screen={screen}", 303)
    values = await context.backchannel.ask(view.page, event.id, without)
    return context.page_that_tells(request, view.template, {**values, **more})


async def room_of_page(request: Request, context: Context, event: Event) -> int | None:
    """The room whose screen a form was sent from; None for that of all rooms."""
    found = _ROOM.match(came_from(request, ""))
    room = await context.backchannel.ask(room_at, event.id, found["room"]) if found else None
    return room.id if room else None


_ROOM = re.compile(r"/e/[^/]+/r/(?P<room>[^/?]+)(?:[/?]|$)")


async def require(request: Request, context: Context, view: View, event: Event) -> None:
    """Raises 403 for whoever holds no link that opens this screen."""
    if view.role is None:
        return
    if (await context.holder(request, event)).may(view.role) is None:
        role = words.ROLES[view.role]
        said = Sentence("This screen opens with the %(role)s link of “%(event)s”.", role=role, event=event.name)
        raise HTTPException(403, said)


async def by_key(request: Request, context: Context, event: Event, key: str) -> Response:
    """The page again, without the key that the link came with; the cookie holds it from then on. Raises 403."""
    access = await context.backchannel.ask(opens, token_hash(key), event.id)
    if access is None:
        raise HTTPException(403, "This link does not hold any more. Ask the organiser for a new one.")
    # The key leaves the address bar at once: a browser history is no place for it.
    screen = f"?screen={access.id}" if access.role is Role.SCREEN and request.url.path.endswith("/wall") else ""
    response = RedirectResponse(request.url.path + screen, 303)
    context.cookies.add_link(request, response, event.slug, access.token_hash)
    return response
