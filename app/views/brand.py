"""An Event's own sheet and pictures, for whoever may open one of its screens: everybody."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from app.queries.brand import brand_picture
from app.views.brand_sheet import sheet_of, version
from app.views.context import InContext
from app.views.static_files import FOR_EVER

router = APIRouter()

KEEP = "private, max-age=86400"


@router.get("/e/{slug}/brand-{wanted}.css")
async def brand_style(slug: str, wanted: str, context: InContext) -> Response:
    """The tokens in force. A page that is a moment behind is given them too, but keeps them not."""
    event = await context.event(slug)
    text = sheet_of(event)
    kept = FOR_EVER if text and wanted == version(text) else "no-cache"
    return Response(text, media_type="text/css", headers={"Cache-Control": kept})


@router.get("/e/{slug}/brand/{key}")
async def brand_image(slug: str, key: str, request: Request, context: InContext) -> Response:
    event = await context.event(slug)
    named = {"Cache-Control": KEEP, "ETag": f'"{key}"'}
    found = await context.backchannel.ask(brand_picture, event.id, key)
    if found is None:
        raise HTTPException(404, "There is no such picture.")
    if request.headers.get("if-none-match") == named["ETag"]:
        return Response(status_code=304, headers=named)
    headers = {**named, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(found.content, media_type=found.kind, headers=headers)
