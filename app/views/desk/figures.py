"""Live figures: what waits, how quick the desk is, the day as a picture, and which rules are right."""

import time
from datetime import date
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.access import Role
from app.domain.event import Event
from app.queries.day_figures import DayFigures, day_figures
from app.store.doors import Backchannel
from app.views.context import Context, InContext
from app.views.desk.day_picture import draw
from app.views.pages_and_api.figures import latest

router = APIRouter()

DAY_FRESH = 20.0
MOST_KEPT = 50
_kept: "WeakKeyDictionary[Backchannel, dict[tuple[int, date | None], tuple[float, DayFigures]]]" = WeakKeyDictionary()


@router.get("/e/{slug}/figures")
async def figures_page(slug: str, request: Request, context: InContext, day: str = "") -> Response:
    """The page; htmx asks for its inner part again every ten seconds."""
    event = await context.event(slug)
    await context.actor(request, event.id, Role.MODERATOR)
    chosen = _day(day)
    values = {
        "event": event,
        "view": "figures",
        "cursor": event.cursor,
        "figures": await latest(context, event.id),
        "picture": draw(await _of_day(context, event, chosen), context.networks, ZoneInfo(event.zone)),
        "day": chosen,
    }
    return context.page("parts/figures_tables.html" if request.headers.get("hx-request") else "figures.html", values)


async def _of_day(context: Context, event: Event, day: date | None) -> DayFigures:
    """At most twenty seconds old: several desks ask for the same."""
    kept = _kept.setdefault(context.backchannel, {})
    known = kept.get((event.id, day))
    if known is not None and time.monotonic() - known[0] < DAY_FRESH:
        return known[1]
    found = await context.backchannel.ask(day_figures, event.id, day, context.now())
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[event.id, day] = (time.monotonic(), found)
    return found


def _day(typed: str) -> date | None:
    """A day that one may ask for; far ones have no neighbours."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 1900 < day.year < 9000 else None
