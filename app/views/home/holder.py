"""Who holds a home link: the installation's own, which opens all events."""

import logging

from fastapi import HTTPException, Request

from app.actions.events import Refused
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.home_link import HomeLink
from app.queries.events import event_by_slug
from app.queries.home import open_home_link
from app.views.context import Context

log = logging.getLogger(__name__)


def note(held: HomeLink, did: str, *what: object) -> None:
    """What is done with a home link is told in the server's log: the log of an event may be gone with it."""
    log.info("home link %d " + did, held.id, *what)


def actor(held: HomeLink) -> Actor:
    """Who it is that acts, as the log of an event names them."""
    return Actor(label=held.label)


async def home_link(request: Request, context: Context) -> HomeLink | None:
    hashes = context.cookies.home_links(request)
    return await context.backchannel.ask(open_home_link, hashes) if hashes else None


async def own_home(request: Request, context: Context) -> HomeLink:
    """The home link of whoever asks. Raises 403."""
    held = await home_link(request, context)
    if held is None:
        raise HTTPException(403, "This needs the home link of this installation.")
    return held


async def event_at(slug: str, context: Context) -> Event:
    """The Event at an address; the page goes on in the browser's language. Raises 404."""
    event = await context.backchannel.ask(event_by_slug, slug)
    if event is None:
        raise HTTPException(404, "There is no event at this address.")
    return event


async def event_like(context: Context, slug: str) -> int | None:
    """The Event that a new one is to be like; None for none. Raises Refused if there is none at that address."""
    if not slug:
        return None
    event = await context.backchannel.ask(event_by_slug, slug)
    if event is None:
        raise Refused("There is no event at “%(slug)s” to copy.", slug=slug)
    return event.id
