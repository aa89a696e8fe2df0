"""Pictures of posts, from our own address."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from app.actions.pictures import note_fetched
from app.outbound.picture_redrawing import NoPicture
from app.queries.pictures import picture
from app.views.context import InContext

router = APIRouter()

KEEP = "private, max-age=300"


@router.get("/pictures/{key}")
async def picture_of(key: str, request: Request, context: InContext) -> Response:
    """A picture that a stored post refers to. 404 if it cannot be had, or is another one by now: it is left out.

    Nobody in between keeps it, and a browser asks again after a while: an address dies with its post.
    """
    known = await context.backchannel.ask(picture, key)
    if known is None:
        raise HTTPException(404, "There is no such picture.")
    named = _named(known.digest or known.key)
    if request.headers.get("if-none-match") == named["ETag"]:
        return Response(status_code=304, headers=named)
    try:
        fetched = await context.pictures.get(known.key, known.url, known.digest)
        if fetched.anew and not await context.backchannel.do(note_fetched, key, fetched.digest, at=context.now()):
            raise NoPicture("it is another one than was first seen")  # noqa: TRY301 - one answer to all of them
    except NoPicture:
        return Response(status_code=404, headers={"Cache-Control": "max-age=60"})
    headers = {
        **_named(fetched.digest or known.key),
        # A drawing that is opened by itself may do nothing.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(fetched.content, media_type=fetched.kind, headers=headers)


def _named(digest: str) -> dict[str, str]:
    return {"Cache-Control": KEEP, "ETag": f'"{digest}"'}
