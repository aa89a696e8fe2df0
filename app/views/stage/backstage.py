"""Words from the desk to the stage: two parts, on desk, stage and remote alone, and the routes between them."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.domain.access import Role
from app.domain.backstage import MOST_MINUTES_LEFT
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.backstage import backstage, to_be_read
from app.views.context import InContext, answer
from app.views.listings import single
from app.views.opening import room_of_page
from app.views.pages_and_api.backstage import propose, saw
from app.views.pages_and_api.backstage import tell as tell_them
from app.views.parts import Single
from app.views.row_ids import Number

router = APIRouter()
TOLD_BY: set[str] = {Subject.BACKSTAGE, Subject.TALK}


def from_the_desk() -> Single:
    """On stage, and on the remote in the chair's hand: what is to be read."""
    return single(
        "backstage", "parts/stage_backstage.html", TOLD_BY, to_be_read, lambda room: partial(to_be_read, room_id=room)
    )


def told_the_stage() -> Single:
    """At the desk: what was told, and whether it was read."""
    return single(
        "backstage", "parts/desk_backstage.html", TOLD_BY, backstage, lambda room: partial(backstage, room_id=room)
    )


@router.post("/e/{slug}/backstage")
async def tell(
    slug: str,
    request: Request,
    context: InContext,
    text: Annotated[str, Form(max_length=1_000)] = "",
    minutes: Annotated[int, Form(ge=0, le=MOST_MINUTES_LEFT)] = 0,
) -> Response:
    """From a room's desk for the stage of that room, else for all; words, or how many minutes are left."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    room = await room_of_page(request, context, event)
    if minutes:
        await propose(context, event, minutes, room_id=room, by=by)
    else:
        await tell_them(context, event, text, room_id=room, by=by)
    return answer(request, context, Sentence("On the stage’s tablet."), back=f"/e/{slug}/desk")


@router.post("/e/{slug}/backstage/{word_id}/seen")
async def seen(slug: str, word_id: Number, request: Request, context: InContext) -> Response:
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.SPEAKER)
    await saw(context, event, word_id, by=by)
    return answer(request, context, Sentence("The desk knows that you have read it."), back=f"/e/{slug}/stage")
