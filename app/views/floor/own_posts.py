"""What a phone has sent and voted for: shown to nobody else, corrected while it waits, taken back."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.corrections import Correction, correct
from app.actions.erasures import OF_ITSELF, erase_phone
from app.actions.events import Refused
from app.actions.withdrawals import OnStageNow, retract
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.views.context import Context, InContext
from app.views.floor.limits import POSTS, POSTS_OF_NEW_PHONES
from app.views.floor.one_phone import no_words, open_floor, own
from app.views.line_breaks import Typed
from app.views.row_ids import LARGEST_ID, Number
from app.views.translation import say

router = APIRouter()

CORRECTED = Sentence("Corrected. A moderator reads the new words.")
ERASED = Sentence("Erased: nothing that was sent from this phone is left here.")
NOTHING_SENT = Sentence("Nothing was sent from this phone.")
TOO_LATE = Sentence("Somebody has decided on it meanwhile, so its words stay as they are. Yours are still here.")


@router.get("/e/{slug}/mine")
async def mine(slug: str, request: Request, context: InContext) -> Response:
    """The only part of the floor that knows its viewer."""
    event = await context.event(slug)
    return context.page("parts/floor_mine.html", {"event": event, **await own(request, context, event)})


@router.post("/e/{slug}/posts/{post_id}/words")
async def correct_own(
    slug: str,
    post_id: Number,
    request: Request,
    context: InContext,
    text: Annotated[Typed, Form()] = "",
    version: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """Other words for one's own post, while it waits. They are screened again."""
    event = await context.event(slug)
    device = context.cookies.device(request)
    if device is None:
        raise HTTPException(404, "There is no such post of yours.")
    text = text.strip()
    about: dict[str, Any] = {"id": post_id, "text": text}
    if problem := no_words(text):
        return await _again(request, context, event, 422, {**about, "said": problem})
    try:
        await context.limit(request, "post", device, POSTS, POSTS_OF_NEW_PHONES)
    except HTTPException as error:
        return await _again(request, context, event, 429, {**about, "said": error.detail})
    did = await context.backchannel.do(correct, event.id, post_id, device, text, version=version, at=context.now())
    if did is Correction.NOT_YOURS:
        raise HTTPException(404, "There is no such post of yours.")
    if did is Correction.TOO_LATE:
        return await _again(request, context, event, 409, {**about, "said": TOO_LATE})
    return await _again(request, context, event, 200, {"id": post_id, "done": CORRECTED})


@router.delete("/e/{slug}/posts/{post_id}")
async def take_back(slug: str, post_id: Number, request: Request, context: InContext, sure: bool = False) -> Response:
    """Withdraw one's own post: it leaves every screen for good. Asks first if it is on stage now."""
    event = await context.event(slug)
    device = context.cookies.device(request)
    try:
        gone = device is not None and await context.backchannel.do(
            retract, event.id, post_id, device, at=context.now(), sure=sure
        )
    except OnStageNow:
        return await _again(request, context, event, 409, {"id": post_id, "asks": True})
    if not gone:
        raise HTTPException(404, "There is no such post of yours.")
    return await _again(request, context, event, 200, {})


@router.delete("/e/{slug}/mine")
async def erase_mine(slug: str, request: Request, context: InContext, sure: bool = False) -> Response:
    """Erase all that this phone has sent to this event, and its votes. Without `sure`, asks first."""
    event = await context.event(slug)
    device = context.cookies.device(request)
    if device is None:
        raise HTTPException(404, NOTHING_SENT)
    if not sure:
        return await _again(request, context, event, 409, {})
    try:
        await context.backchannel.do(erase_phone, event.id, device, by=OF_ITSELF, at=context.now())
    except Refused:
        raise HTTPException(404, NOTHING_SENT) from None
    response = RedirectResponse(f"/e/{event.slug}", 303)
    context.cookies.tell(response, say(ERASED), f"/e/{event.slug}")
    return response


async def _again(request: Request, context: Context, event: Event, status: int, about: dict[str, Any]) -> Response:
    """The part anew for our script, the page for a plain form."""
    if request.headers.get("hx-request"):
        values = {"event": event, **await own(request, context, event, about)}
        return context.page("parts/floor_mine.html", values, status)
    if status == 200:
        return RedirectResponse(f"/e/{event.slug}#mine", 303)
    return await open_floor(request, context, event.slug, about=about, status=status)
