"""Setup of the rules: one that people overrule again and again is let say less with one click, or left as it is."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.domain.event import Event
from app.domain.policy import Policy
from app.views.context import Context, InContext
from app.views.pages_and_api.overruled_rules import decide_about_rule
from app.views.setup.forms import own_event
from app.views.setup.rules import page_of_rules

router = APIRouter()


@router.post("/e/{slug}/setup/rules/overruled/{category}/easing")
async def ease(slug: str, category: str, request: Request, context: InContext) -> Response:
    """A new version of the rules, taken back like any other."""
    return await _decided(slug, category, "easing", request, context)


@router.delete("/e/{slug}/setup/rules/overruled/{category}/easing")
async def take_back(slug: str, category: str, request: Request, context: InContext) -> Response:
    return await _decided(slug, category, "taking_back", request, context)


@router.post("/e/{slug}/setup/rules/overruled/{category}/keeping")
async def keep(slug: str, category: str, request: Request, context: InContext) -> Response:
    return await _decided(slug, category, "keeping", request, context)


async def _decided(slug: str, category: str, act: str, request: Request, context: Context) -> Response:
    event, by = await own_event(slug, request, context)
    try:
        await decide_about_rule(context, event, category, act, by=by)
    except Refused as error:
        return await _refused(request, context, event, error)
    about = f"{act}&rule={category}" if act == "easing" else act
    return RedirectResponse(f"/e/{event.slug}/setup/rules?saved={about}", 303)


async def _refused(request: Request, context: Context, event: Event, error: Refused) -> Response:
    return await page_of_rules(
        request, context, event, Policy.from_json(event.policy), status=409, wrong=error.sentence
    )
