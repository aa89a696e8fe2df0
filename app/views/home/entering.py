"""Whoever holds a home link enters an event as its owner."""

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.event_entry import enter_event
from app.actions.events import Refused
from app.domain.event import Event
from app.domain.home_link import HomeLink
from app.views.context import Context
from app.views.home.holder import note


async def enter_as_owner(request: Request, context: Context, held: HomeLink, event: Event, to: str) -> Response:
    """Give this browser the owner's link of an event, and lead it to a page."""
    token = context.cookies.sealed("entry", str(held.id), held.token_hash, str(event.id))[:48]
    try:
        link = await context.backchannel.do(enter_event, event.id, held.id, token=token, at=context.now())
    except Refused:
        raise HTTPException(403, "An owner of this event has revoked your link to it.") from None
    note(held, "entered %s", event.slug)
    response = RedirectResponse(to, 303)
    context.cookies.add_link(request, response, event.slug, link.access.token_hash)
    return response
