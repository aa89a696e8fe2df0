"""Pictures of posts, from our own address."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from app.outbound.picture_redrawing import NoPicture
from app.queries.pictures import picture
from app.views.context import InContext

router = APIRouter()

KEEP = "private, max-age=300"


@router.get("/pictures/{key}")
async def picture_of(key: str, request: Request, context: InContext) -> Response:
    """A picture that a stored post refers to. 404 if it cannot be had: the page shows an initial instead.

    Nobody in between keeps it, and a browser asks again after a while: an address dies with its post.
    """
    known = await context.backchannel.ask(picture, key)
    if known is None:
        raise HTTPException(404, "There is no such picture.")
    named = {"Cache-Control": KEEP, "ETag": f'"{known.key}"'}
    if request.headers.get("if-none-match") == named["ETag"]:
        return Response(status_code=304, headers=named)
    try:
        fetched = await context.pictures.get(known.key, known.url)
    except NoPicture:
        return Response(status_code=404, headers={"Cache-Control": "max-age=60"})
    headers = {
        **named,
        # A drawing that is opened by itself may do nothing.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(fetched.content, media_type=fetched.kind, headers=headers)
