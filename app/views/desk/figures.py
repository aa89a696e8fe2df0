"""Live figures: what waits, how quick the desk is, and which rules are right."""

import time
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.event import Role
from app.queries.figures import Figures, figures
from app.store.doors import Backchannel
from app.views.context import Context, InContext

router = APIRouter()

FRESH = 5.0
_kept: "WeakKeyDictionary[Backchannel, dict[int, tuple[float, Figures]]]" = WeakKeyDictionary()


@router.get("/e/{slug}/figures")
async def figures_page(slug: str, request: Request, context: InContext) -> Response:
    """The page; htmx asks for its inner part again every ten seconds."""
    event = await context.event(slug)
    await context.actor(request, event.id, Role.MODERATOR)
    found = await latest(context, event.id)
    values = {"event": event, "view": "figures", "cursor": event.cursor, "figures": found}
    return context.page("parts/figures.html" if request.headers.get("hx-request") else "figures.html", values)


async def latest(context: Context, event_id: int) -> Figures:
    """An Event's figures, at most five seconds old: several desks ask for the same."""
    kept = _kept.setdefault(context.backchannel, {})
    known = kept.get(event_id)
    if known is not None and time.monotonic() - known[0] < FRESH:
        return known[1]
    found = await context.backchannel.ask(figures, event_id, context.now())
    kept[event_id] = (time.monotonic(), found)
    return found
