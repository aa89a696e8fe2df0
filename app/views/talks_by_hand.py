"""Talks begin and end by hand, in the room of whoever holds the stage's or the desk's link."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.actions.events import Refused
from app.actions.talks_by_hand import end_talk, follow_the_clock, start_talk
from app.domain.access import Role
from app.domain.sentence import Sentence
from app.views.context import Context, InContext, answer
from app.views.row_ids import Number, RoomId

router = APIRouter()


@router.post("/e/{slug}/talks/{talk_id}/start")
async def start(slug: str, talk_id: Number, request: Request, context: InContext, room: RoomId = 0) -> Response:
    """This talk runs now, whatever the clock says."""
    return await _by_hand(slug, request, context, room, Sentence("This talk runs now."), start_talk, talk_id)


@router.post("/e/{slug}/talk/end")
async def end(slug: str, request: Request, context: InContext, room: RoomId = 0) -> Response:
    """What runs here is over."""
    return await _by_hand(slug, request, context, room, Sentence("The talk is over."), end_talk)


@router.post("/e/{slug}/talk/clock")
async def by_the_clock(slug: str, request: Request, context: InContext, room: RoomId = 0) -> Response:
    """The clock decides again."""
    return await _by_hand(slug, request, context, room, Sentence("The programme decides again."), follow_the_clock)


async def _by_hand(
    slug: str, request: Request, context: Context, room: int, said: str, verb: Callable[..., Any], *args: int
) -> Response:
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.SPEAKER)
    back = f"/e/{slug}/stage"
    try:
        await context.backchannel.do(verb, event.id, *args, room_id=room or None, by=by, at=context.now())
    except Refused as refused:
        return answer(request, context, refused.sentence, status=409, back=back)
    return answer(request, context, said, back=back)
