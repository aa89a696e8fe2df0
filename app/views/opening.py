"""Opening a screen: by a role link's key once, by the cookie it left from then on."""

from typing import Any
from urllib.parse import quote

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.links import token_hash
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.queries.links import access_by_hash
from app.views import words
from app.views.context import Context
from app.views.view import View


async def open_view(request: Request, context: Context, name: str, slug: str, **more: Any) -> Response:
    """The page of a screen, if whoever asks may open it."""
    event = await context.event(slug)
    if key := request.query_params.get("key"):
        return await _by_key(request, context, event, key)
    if slug != event.slug:
        path: str = request.scope["path"]  # as it reads, like the slug: not the escapes of the address
        return RedirectResponse(quote(path.replace(f"/e/{slug}", f"/e/{event.slug}", 1)), 307)
    view = context.views[name]
    await require(request, context, view, event)
    values = await context.backchannel.ask(view.page, event.id)
    return context.page_that_tells(request, view.template, {**values, **more})


async def require(request: Request, context: Context, view: View, event: Event) -> None:
    """Raises 403 for whoever holds no link that opens this screen."""
    if view.role is None:
        return
    if (await context.holder(request, event)).may(view.role) is None:
        role = words.ROLES[view.role]
        said = Sentence("This screen opens with the %(role)s link of “%(event)s”.", role=role, event=event.name)
        raise HTTPException(403, said)


async def _by_key(request: Request, context: Context, event: Event, key: str) -> Response:
    access = await context.backchannel.ask(access_by_hash, token_hash(key))
    if access is None or access.event_id != event.id:
        raise HTTPException(403, "This link does not hold any more. Ask the organiser for a new one.")
    # The key leaves the address bar at once: a browser history is no place for it.
    response = RedirectResponse(request.url.path, 303)
    context.cookies.add_link(request, response, event.slug, access.token_hash)
    return response
