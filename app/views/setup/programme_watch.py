"""Setup of an address at which the programme is watched."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.programme_watch import stop_watching, watch_programme
from app.views.context import InContext
from app.views.setup.forms import Text, own_event

router = APIRouter()


@router.post("/e/{slug}/setup/programme/watch")
async def watch(
    slug: str, request: Request, context: InContext, url: Text = "", applies_itself: Annotated[bool, Form()] = False
) -> Response:
    event, by = await own_event(slug, request, context)
    try:
        await context.backchannel.do(
            watch_programme, event.id, url, applies_itself=applies_itself, by=by, at=context.now()
        )
    except Refused as refused:
        raise HTTPException(422, refused.sentence) from None
    return RedirectResponse(f"/e/{slug}/setup/programme#watch", 303)


@router.delete("/e/{slug}/setup/programme/watch")
async def stop(slug: str, request: Request, context: InContext) -> Response:
    event, by = await own_event(slug, request, context)
    await context.backchannel.do(stop_watching, event.id, by=by, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup/programme#watch", 303)
