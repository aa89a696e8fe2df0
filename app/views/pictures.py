"""Pictures of posts, from our own address."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from app.outbound.pictures import NoPicture
from app.queries.events import picture
from app.views.context import InContext

router = APIRouter()


@router.get("/pictures/{key}")
async def picture_of(key: str, context: InContext) -> Response:
    """A picture that a stored post refers to. 404 if it cannot be had: the page shows an initial instead."""
    known = await context.backchannel.ask(picture, key)
    if known is None:
        raise HTTPException(404, "There is no such picture.")
    try:
        fetched = await context.pictures.get(known.key, known.url)
    except NoPicture:
        return Response(status_code=404, headers={"Cache-Control": "max-age=60"})
    headers = {
        "Cache-Control": "public, max-age=604800, immutable",
        # A drawing that is opened by itself may do nothing.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(fetched.content, media_type=fetched.kind, headers=headers)
