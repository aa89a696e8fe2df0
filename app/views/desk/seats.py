"""Who sits at the desk, and which post they look at."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response

from app.actions.seats_and_claims import leave_seat
from app.domain.access import Role
from app.views.context import InContext
from app.views.pages_and_api.seats import sit_down
from app.views.row_ids import LARGEST_ID

router = APIRouter()


@router.post("/e/{slug}/seat")
async def sit(
    slug: str,
    request: Request,
    context: InContext,
    tab: Annotated[str, Form(min_length=8, max_length=40)],
    post: Annotated[int | None, Form(ge=1, le=LARGEST_ID)] = None,
    gone: Annotated[bool, Form()] = False,
) -> Response:
    """Said by each open desk every few seconds, and when its moderator looks at another post."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    if gone:
        await context.backchannel.do(leave_seat, event.id, tab, by=by, at=context.now())
        return Response(status_code=204)
    claim = await sit_down(context, event, tab, post, by=by)
    return JSONResponse({"taken_by": claim.taken_by, "label": claim.seat.label})
