"""What an event looks like is put in place."""

from collections.abc import Mapping

from app.actions.brand import Pictures, change_brand
from app.domain.decision import Actor
from app.domain.event import Event
from app.views.context import Context


async def dress(context: Context, event: Event, told: Mapping[str, str], pictures: Pictures, *, by: Actor) -> Event:
    """Raises BadBrand and BadColour; then nothing has changed."""
    return await context.backchannel.do(
        change_brand,
        event.id,
        accent=told["accent"],
        wall=told["wall"],
        ground=told["ground"],
        invitation=told["invitation"],
        pictures=pictures,
        by=by,
        at=context.now(),
    )
