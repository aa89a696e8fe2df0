"""The organiser opens and closes the event."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.event_states import close_event, open_event
from app.actions.events import Refused
from app.views.closing import read_closing
from app.views.context import InContext
from app.views.setup.forms import Text, own_event
from app.views.setup.page import page_again

router = APIRouter()


@router.post("/e/{slug}/setup/opening")
async def open_it(slug: str, request: Request, context: InContext) -> Response:
    event = await own_event(slug, request, context)
    await context.backchannel.do(open_event, event.id, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup", 303)


@router.post("/e/{slug}/setup/closing")
async def close_it(
    slug: str, request: Request, context: InContext, farewell: Text = "", helpers_until: Text = ""
) -> Response:
    event = await own_event(slug, request, context)
    try:
        closing = read_closing(event, farewell, helpers_until)
        await context.backchannel.do(close_event, event.id, **closing, at=context.now())
    except Refused as error:
        return await page_again(request, context, slug, status=422, wrong={"closing": error.sentence})
    return RedirectResponse(f"/e/{slug}/setup", 303)
