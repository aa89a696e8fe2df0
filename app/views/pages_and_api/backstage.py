"""The desk tells the stage something, and is told that it was read."""

from fastapi import HTTPException

from app.actions.backstage import propose_end, say_seen, tell_stage
from app.actions.events import Refused
from app.domain.backstage import BackstageWord
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.sentence import counted
from app.views.context import Context
from app.views.translation import say


async def tell(context: Context, event: Event, text: str, *, room_id: int | None, by: Actor) -> BackstageWord:
    """For a room's stage, or all. Raises 409 for no words, too many, or another room."""
    try:
        return await context.backchannel.do(tell_stage, event.id, text, room_id=room_id, by=by, at=context.now())
    except Refused as refused:
        raise HTTPException(409, refused.sentence) from None


async def propose(context: Context, event: Event, minutes: int, *, room_id: int | None, by: Actor) -> BackstageWord:
    """So many minutes are left, for both once it was seen. Raises 409 where no talk runs or the number is none."""
    left = say(counted("%(num)d minute left", "%(num)d minutes left", minutes))
    try:
        return await context.backchannel.do(
            propose_end, event.id, minutes, left, room_id=room_id, by=by, at=context.now()
        )
    except Refused as refused:
        raise HTTPException(409, refused.sentence) from None


async def saw(context: Context, event: Event, word_id: int, *, by: Actor) -> bool:
    """False if somebody had seen it before, or there is no such word."""
    return await context.backchannel.do(say_seen, event.id, word_id, by=by, at=context.now())
