"""A talk is marked as not to be shared, or as one that may be."""

from fastapi import HTTPException

from app.actions.events import Refused
from app.actions.talks import keep_talk_back, share_talk
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.talk import Talk
from app.views.context import Context


async def mark(context: Context, event: Event, talk_id: int, *, shared: bool, by: Actor) -> Talk:
    """Raises 404 if there is no such talk."""
    verb = share_talk if shared else keep_talk_back
    try:
        return await context.backchannel.do(verb, event.id, talk_id, by=by, at=context.now())
    except Refused as refused:
        raise HTTPException(404, refused.sentence) from None
