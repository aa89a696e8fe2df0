"""Which room of its event a program asks for, by the key of its address."""

from typing import Annotated, Any

from fastapi import HTTPException, Query

from app.domain.event import Event
from app.domain.stored_json import Text
from app.queries.rooms import room_at
from app.views.context import Context

RoomKey = Annotated[Text, Query(max_length=80, description="One room, by its key; all of them without.")]
NO_ROOM: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such room."}}


async def room_asked(context: Context, event: Event, key: str) -> int | None:
    """None for all of them. Raises 404."""
    if not key:
        return None
    found = await context.backchannel.ask(room_at, event.id, key)
    if found is None:
        raise HTTPException(404, "There is no such room.")
    return found.id
