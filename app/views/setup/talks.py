"""Setup of the programme, talk by talk: pasted as lines, taken off."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.pasted_programme import DoubtfulLines, add_programme, read_programme
from app.actions.talks import remove_talk
from app.domain.sentence import Sentence
from app.views.context import InContext
from app.views.pages_and_api.talks import mark
from app.views.row_ids import Number
from app.views.setup.forms import own_event
from app.views.setup.page import Text, changed, page_again

router = APIRouter()


@router.post("/e/{slug}/setup/talks")
async def add_talks(
    slug: str,
    request: Request,
    context: InContext,
    day: Text = "",
    talks: Text = "",
    read: Annotated[bool, Form()] = False,
) -> Response:
    """Add a programme, one talk a line; all of it or nothing, and what was typed is never lost."""
    event, by = await own_event(slug, request, context)
    try:
        on = date.fromisoformat(day) if day else context.now().astimezone(ZoneInfo(event.zone)).date()
        lines = read_programme(talks, day=on, zone=event.zone)
    except (Refused, ValueError) as error:
        said = error.sentence if isinstance(error, Refused) else Sentence("That is not a date.")
        return await page_again(
            request, context, slug, status=422, wrong={"talks": said}, typed={"day": day, "talks": talks}
        )
    try:
        return await changed(request, context, event, "talks", add_programme, lines, read=read, by=by)
    except DoubtfulLines as doubts:
        wrong: dict[str, str] = {"talks": doubts.sentence, "unread": doubts.sentence}
        return await page_again(request, context, slug, status=422, wrong=wrong, typed={"day": day, "talks": talks})


@router.post("/e/{slug}/setup/talks/{talk_id}/keeping-back")
async def keep_back(slug: str, talk_id: Number, request: Request, context: InContext) -> Response:
    """Nothing of it is to be passed on."""
    event, by = await own_event(slug, request, context)
    await mark(context, event, talk_id, shared=False, by=by)
    return RedirectResponse(f"/e/{slug}/setup?saved=talks#talks", 303)


@router.delete("/e/{slug}/setup/talks/{talk_id}/keeping-back")
async def share(slug: str, talk_id: Number, request: Request, context: InContext) -> Response:
    event, by = await own_event(slug, request, context)
    await mark(context, event, talk_id, shared=True, by=by)
    return RedirectResponse(f"/e/{slug}/setup?saved=talks#talks", 303)


@router.delete("/e/{slug}/setup/talks/{talk_id}")
async def drop_talk(slug: str, talk_id: Number, request: Request, context: InContext) -> Response:
    event, by = await own_event(slug, request, context)
    try:
        await context.backchannel.do(remove_talk, event.id, talk_id, by=by, at=context.now())
    except Refused as error:
        raise HTTPException(404, error.sentence) from None
    return RedirectResponse(f"/e/{slug}/setup?saved=talks#talks", 303)
