"""Photos of a meet: brought by who comes and by hosts, drawn again, shown once a host has let them through."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.meet_photos import bring_photo, delete_photo, judge_photo, take_photo_back
from app.bus.rate_limits import Rate
from app.domain.access import Role
from app.domain.event import Event
from app.domain.meet import PHOTO_SIDE, MeetPhoto
from app.domain.sentence import Sentence
from app.domain.verdict import Verdict
from app.outbound.picture_redrawing import NoPicture, redrawn
from app.queries.meets import guests_of, photo_of
from app.views.context import Context, InContext
from app.views.meet.hosting import judge_by_form
from app.views.meet.page import Line, own_meet, page_of_meet
from app.views.row_ids import Number
from app.views.setup.forms import typed_in

router = APIRouter()
LARGEST_PHOTO = 8 * 1024 * 1024
PHOTOS = Rate(burst=12, per_minute=6)
PHOTOS_OF_NEW_PHONES = Rate(burst=24, per_minute=12)
NO_GUEST = Sentence("Photos are brought by who comes, and by hosts.")
TOO_LARGE = Sentence("The file is too large: at most %(most)d MB.", most=LARGEST_PHOTO >> 20)
UNREADABLE = Sentence("The picture cannot be read. Choose a JPEG, PNG or WebP.")
_DRAWING = asyncio.Semaphore(1)


@router.post("/e/{slug}/meet/photos", max_body_size=LARGEST_PHOTO + 100_000)
async def bring(
    slug: str, request: Request, context: InContext,
    photo: Annotated[UploadFile | None, File()] = None, alt: Line = "",
) -> Response:  # fmt: skip
    event = await own_meet(slug, context)
    device = context.cookies.device(request) or ""
    host = (await context.holder(request, event)).may(Role.MODERATOR) is not None
    if not host and not await _comes(context, event, device):
        raise HTTPException(403, NO_GUEST)
    await context.limit(request, "photo", device or "host", PHOTOS, PHOTOS_OF_NEW_PHONES)
    content = await photo.read(LARGEST_PHOTO + 1) if photo is not None else b""
    if len(content) > LARGEST_PHOTO:
        return await _wrong(request, context, event, TOO_LARGE)
    try:
        async with _DRAWING:  # a large one fills much memory while it is drawn again
            drawn = await asyncio.to_thread(redrawn, content, longest=PHOTO_SIDE)
        origin = "" if host else context.cookies.origin(request)
        await context.backchannel.do(
            bring_photo, event.id, device, drawn.kind, drawn.content, alt, origin=origin, at=context.now()
        )
    except NoPicture:
        return await _wrong(request, context, event, UNREADABLE)
    except Refused as error:
        return await _wrong(request, context, event, error.sentence)
    return RedirectResponse(f"/e/{event.slug}/meet?saved=photos#photos", 303)


@router.get("/e/{slug}/meet/photos/{photo_id}")
async def picture(slug: str, photo_id: Number, request: Request, context: InContext) -> Response:
    """What may be seen; for hosts and for whoever brought it also what waits. Nobody in between keeps it."""
    event = await own_meet(slug, context)
    found = await _known(context, event, photo_id)
    holder = await context.holder(request, event)
    own = found.device != "" and found.device == context.cookies.device(request) and found.verdict is Verdict.HELD
    if found.verdict is not Verdict.APPROVED and not own and holder.may(Role.MODERATOR) is None:
        raise HTTPException(404, "There is no such picture.")
    return Response(found.content, media_type=found.kind, headers={"Cache-Control": "private, no-cache"})


@router.post("/e/{slug}/meet/photos/{photo_id}/verdict")
async def judge(
    slug: str, photo_id: Number, request: Request, context: InContext,
    verdict: Annotated[str, Form()] = "", seen: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    event = await own_meet(slug, context)
    by = await context.actor(request, event.id, Role.MODERATOR)
    found = await _known(context, event, photo_id)
    return await judge_by_form(request, context, event, "photos", judge_photo, found.id, verdict, seen, by=by)


@router.delete("/e/{slug}/meet/photos/{photo_id}")
async def take_back(slug: str, photo_id: Number, request: Request, context: InContext) -> Response:
    """Whoever brought it, from the same phone, and hosts."""
    event = await own_meet(slug, context)
    device = context.cookies.device(request)
    found = await context.backchannel.ask(photo_of, event.id, photo_id)
    if found is not None and found.device != "" and found.device == device:
        await context.backchannel.do(take_photo_back, found.id, at=context.now())
    else:
        by = await context.actor(request, event.id, Role.MODERATOR)
        await context.backchannel.do(delete_photo, (await _known(context, event, photo_id)).id, by=by, at=context.now())
    return RedirectResponse(f"/e/{event.slug}/meet?saved=photos#photos", 303)


async def _comes(context: Context, event: Event, device: str) -> bool:
    guests = await context.backchannel.ask(guests_of, event.id)
    return device != "" and any(one.device == device for one in guests)


async def _known(context: Context, event: Event, photo_id: int) -> MeetPhoto:
    found = await context.backchannel.ask(photo_of, event.id, photo_id)
    if found is None:
        raise HTTPException(404, "There is no such picture.")
    return found


async def _wrong(request: Request, context: Context, event: Event, said: str) -> Response:
    wrong, typed = {"photos": said}, await typed_in(request)
    return await page_of_meet(request, context, event, status=422, wrong=wrong, typed=typed)
