"""Taking all about some posts out of the program, as one file."""

import asyncio

from app.actions.incidents import take_incident
from app.domain.decision import Actor
from app.domain.event import Event
from app.files.incident import incident_pack
from app.views.context import Context
from app.views.incident_page import incident_page


async def packed(context: Context, event: Event, post_ids: list[int], author_id: int, by: Actor) -> bytes | None:
    """An incident as a ZIP; None if there are no such posts."""
    taken = await context.backchannel.do(take_incident, event.id, post_ids, author_id, by=by, at=context.now())
    return None if taken is None else await asyncio.to_thread(lambda: incident_pack(taken, incident_page(taken)))
