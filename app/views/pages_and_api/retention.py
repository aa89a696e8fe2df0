"""How long what is kept: read and changed."""

from app.actions.retention import change_retention
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.retention import Retention
from app.views.context import Context


def usual_days(context: Context) -> dict[str, int]:
    """For how many days posts of each network are kept where nobody said otherwise."""
    return {network.key: network.kept_days for network in context.networks}


async def keep_so_long(context: Context, event: Event, retention: Retention, *, by: Actor) -> Event:
    """Raises BadRetention."""
    return await context.backchannel.do(change_retention, event.id, retention, by=by, at=context.now())
