"""The organiser opens and closes the event."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.views.closing import close, open_up
from app.views.context import InContext
from app.views.setup.forms import Text, own_event
from app.views.setup.page import page_again

router = APIRouter()


@router.post("/e/{slug}/setup/opening")
async def open_it(slug: str, request: Request, context: InContext) -> Response:
    event, by = await own_event(slug, request, context)
    await open_up(context, event, by=by)
    return RedirectResponse(f"/e/{slug}/setup", 303)


@router.post("/e/{slug}/setup/closing")
async def close_it(
    slug: str, request: Request, context: InContext, farewell: Text = "", helpers_until: Text = ""
) -> Response:
    event, by = await own_event(slug, request, context)
    try:
        await close(context, event, farewell, helpers_until, by=by)
    except Refused as error:
        return await page_again(request, context, slug, status=422, wrong={"closing": error.sentence})
    return RedirectResponse(f"/e/{slug}/setup", 303)
