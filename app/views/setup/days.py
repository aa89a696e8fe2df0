"""Setup of the days of an event, of what it is, and of whether everybody finds it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.event_days import set_days
from app.actions.events import Refused
from app.domain.event import EventKind
from app.views.context import InContext
from app.views.setup.forms import own_event, typed_in
from app.views.setup.page import Text, page_again

router = APIRouter()


@router.post("/e/{slug}/setup/days")
async def change_days(
    slug: str,
    request: Request,
    context: InContext,
    kind: Text = "",
    starts_on: Text = "",
    ends_on: Text = "",
    listed: Annotated[bool, Form()] = False,
) -> Response:
    event, by = await own_event(slug, request, context)
    try:
        days = {"starts_on": read_day(starts_on), "ends_on": read_day(ends_on)}
        chosen = EventKind(kind) if kind in {one.value for one in EventKind} else event.kind
        await context.backchannel.do(set_days, event.id, kind=chosen, **days, listed=listed, by=by, at=context.now())
    except Refused as error:
        typed = await typed_in(request)
        return await page_again(request, context, slug, status=422, wrong={"days": error.sentence}, typed=typed)
    return RedirectResponse(f"/e/{slug}/setup?saved=days#days", 303)


def read_day(typed: str) -> date | None:
    """What a field for a day holds. Raises Refused for what is none."""
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Refused("That is not a date.") from None
