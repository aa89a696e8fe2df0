"""How the desk is doing, for all who ask at once."""

import time
from weakref import WeakKeyDictionary

from app.queries.figures import Figures, figures
from app.store.doors import Backchannel
from app.views.context import Context

FRESH = 5.0
_kept: "WeakKeyDictionary[Backchannel, dict[int, tuple[float, Figures]]]" = WeakKeyDictionary()


async def latest(context: Context, event_id: int) -> Figures:
    """An Event's figures, at most five seconds old: several desks ask for the same."""
    kept = _kept.setdefault(context.backchannel, {})
    known = kept.get(event_id)
    if known is not None and time.monotonic() - known[0] < FRESH:
        return known[1]
    found = await context.backchannel.ask(figures, event_id, context.now())
    kept[event_id] = (time.monotonic(), found)
    return found
