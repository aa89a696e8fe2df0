"""Sitting down at the desk, and the post one looks at."""

from fastapi import HTTPException

from app.actions.seats_and_claims import Claim, NoSuchPost, take_seat
from app.domain.decision import Actor
from app.domain.event import Event
from app.views.context import Context


async def sit_down(context: Context, event: Event, tab: str, post_id: int | None, *, by: Actor) -> Claim:
    """Raises 404 for a post that is not the event's."""
    try:
        return await context.backchannel.do(take_seat, event.id, tab, post_id, by=by, at=context.now())
    except NoSuchPost:
        raise HTTPException(404, "There is no such post.") from None
