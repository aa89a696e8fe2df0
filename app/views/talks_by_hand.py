"""Talks begin and end by hand, in the room of whoever holds the stage's or the desk's link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.actions.events import Refused
from app.actions.talks_by_hand import end_talk, follow_the_clock, start_talk
from app.actions.taps_on_talks import end_talk_by_tap, follow_the_clock_by_tap, start_talk_by_tap
from app.domain.access import Role
from app.domain.sentence import Sentence
from app.views.context import Context, InContext, answer
from app.views.row_ids import LARGEST_ID, Number, RoomId
from app.views.taps import settled, tap_of

router = APIRouter()

TalkId = Annotated[int | None, Form(ge=0, le=LARGEST_ID)]


@dataclass(frozen=True, slots=True)
class _Act:
    """What is done by hand: its verb, that of a tap, and what is said then."""

    verb: Callable[..., Any]
    by_tap: Callable[..., Any]
    said: Sentence


START = _Act(start_talk, start_talk_by_tap, Sentence("This talk runs now."))
END = _Act(end_talk, end_talk_by_tap, Sentence("The talk is over."))
CLOCK = _Act(follow_the_clock, follow_the_clock_by_tap, Sentence("The programme decides again."))


@router.post("/e/{slug}/talks/{talk_id}/start")
async def start(
    slug: str, talk_id: Number, request: Request, context: InContext, room: RoomId = 0, instead_of: TalkId = None
) -> Response:
    """This talk runs now, whatever the clock says; not if what runs there is not what the page showed to run."""
    return await _by_hand(START, slug, request, context, room, talk_id, instead_of=instead_of)


@router.post("/e/{slug}/talk/end")
async def end(slug: str, request: Request, context: InContext, room: RoomId = 0, talk: TalkId = None) -> Response:
    """What runs here is over, if it is the talk that the page showed."""
    return await _by_hand(END, slug, request, context, room, talk)


@router.post("/e/{slug}/talk/clock")
async def by_the_clock(slug: str, request: Request, context: InContext, room: RoomId = 0) -> Response:
    """The clock decides again."""
    return await _by_hand(CLOCK, slug, request, context, room)


async def _by_hand(
    act: _Act, slug: str, request: Request, context: Context, room: int, *args: int | None, **facts: int | None
) -> Response:
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.SPEAKER)
    back = f"/e/{slug}/stage"
    try:
        if tap := tap_of(request):
            where: dict[str, Any] = {"room_id": room or None, **facts}
            await settled(context, act.by_tap, event.id, tap, *args, by=by, before=None, **where)
        else:
            at = context.now()
            await context.backchannel.do(act.verb, event.id, *args, room_id=room or None, by=by, at=at, **facts)
    except Refused as refused:
        return answer(request, context, refused.sentence, status=409, back=back)
    return answer(request, context, act.said, back=back)
