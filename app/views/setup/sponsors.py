"""Setup of the sponsors: names, logos, and whether they stand below the wall's scenes too."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.sponsors import add_sponsor, remove_sponsor, show_sponsor_strip
from app.outbound.brand_pictures import BadPicture, draw_logo_on_paper
from app.queries.scenes import sponsor_logo
from app.views.context import InContext
from app.views.row_ids import Number
from app.views.setup.forms import Text, own_event
from app.views.setup.page import page_again

router = APIRouter()

LARGEST_LOGO = 5 * 1024 * 1024
LONGEST_SIDE_OF_LOGO = 800
"""Pixels of a logo as it is kept."""


@router.post("/e/{slug}/setup/sponsors", max_body_size=LARGEST_LOGO + 100_000)
async def add(
    slug: str,
    request: Request,
    context: InContext,
    sponsor: Text = "",
    logo: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """A sponsor with a name and, if it has one, a logo: a picture that is drawn again before it is kept."""
    event, by = await own_event(slug, request, context)
    given = await logo.read(LARGEST_LOGO + 1) if logo is not None and logo.filename else b""
    try:
        kind, content = await asyncio.to_thread(_drawn_again, given)
        await context.backchannel.do(
            add_sponsor, event.id, sponsor, kind=kind, content=content, by=by, at=context.now()
        )
    except (Refused, BadPicture) as error:
        said = error.sentence
        typed = {"sponsor": sponsor}
        return await page_again(request, context, slug, status=422, wrong={"sponsors": said}, typed=typed)
    return RedirectResponse(f"/e/{slug}/setup?saved=sponsors#sponsors", 303)


@router.post("/e/{slug}/setup/sponsors/strip")
async def strip(slug: str, request: Request, context: InContext, shown: Annotated[bool, Form()] = False) -> Response:
    event, by = await own_event(slug, request, context)
    await context.backchannel.do(show_sponsor_strip, event.id, shown=shown, by=by, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup?saved=sponsors#sponsors", 303)


@router.delete("/e/{slug}/setup/sponsors/{sponsor_id}")
async def remove(slug: str, sponsor_id: Number, request: Request, context: InContext) -> Response:
    event, by = await own_event(slug, request, context)
    try:
        await context.backchannel.do(remove_sponsor, event.id, sponsor_id, by=by, at=context.now())
    except Refused as error:
        raise HTTPException(404, error.sentence) from None
    return RedirectResponse(f"/e/{slug}/setup?saved=sponsors#sponsors", 303)


def _drawn_again(given: bytes) -> tuple[str, bytes]:
    """A logo in bytes of our own. Raises Refused and BadPicture for what is none."""
    if len(given) > LARGEST_LOGO:
        raise Refused("A logo may have at most 5 MB.")
    if not given:
        return "", b""
    drawn = draw_logo_on_paper(given, longest=LONGEST_SIDE_OF_LOGO)
    return drawn.kind, drawn.content


@router.get("/e/{slug}/sponsors/{key}")
async def logo_of(slug: str, key: str, context: InContext) -> Response:
    """A sponsor's logo. Another picture has another address, so a browser asks once."""
    event = await context.event(slug)
    found = await context.backchannel.ask(sponsor_logo, event.id, key)
    if found is None:
        raise HTTPException(404, "There is no such picture.")
    headers = {
        "Cache-Control": "private, max-age=86400, immutable",
        # A drawing that is opened by itself may do nothing.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(found.content, media_type=found.kind, headers=headers)
