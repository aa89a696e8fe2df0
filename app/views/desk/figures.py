"""Live figures: what waits, how quick the desk is, and which rules are right."""

import time
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.event import Role
from app.queries.figures import Figures, figures
from app.store.doors import Backchannel
from app.views.context import InShell, Shell

router = APIRouter()

FRESH = 5.0
_kept: "WeakKeyDictionary[Backchannel, dict[int, tuple[float, Figures]]]" = WeakKeyDictionary()


@router.get("/e/{slug}/figures")
async def figures_page(slug: str, request: Request, shell: InShell) -> Response:
    """The page; htmx asks for its inner part again every ten seconds."""
    event = await shell.event(slug)
    await shell.actor(request, event.id, Role.MODERATOR)
    found = await latest(shell, event.id)
    context = {"event": event, "view": "figures", "cursor": event.cursor, "figures": found}
    return shell.page("parts/figures.html" if request.headers.get("hx-request") else "figures.html", context)


async def latest(shell: Shell, event_id: int) -> Figures:
    """An Event's figures, at most five seconds old: several desks ask for the same."""
    kept = _kept.setdefault(shell.backchannel, {})
    known = kept.get(event_id)
    if known is not None and time.monotonic() - known[0] < FRESH:
        return known[1]
    found = await shell.backchannel.ask(figures, event_id, shell.now())
    kept[event_id] = (time.monotonic(), found)
    return found
