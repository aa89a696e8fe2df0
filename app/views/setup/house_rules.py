"""Setup of the house rules and of whom people may turn to."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.house_rules import change_house_rules
from app.domain.event import Event
from app.queries.house_rules import house_rules
from app.views.context import Context, InContext
from app.views.reading.house_rules import proposed, text_of
from app.views.setup.forms import own_event, typed_in
from app.views.setup.page import Text
from app.views.translation import speaking

router = APIRouter()


@router.get("/e/{slug}/setup/house-rules")
async def house_rules_page(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await _page(request, context, event)


@router.post("/e/{slug}/setup/house-rules")
async def set_house_rules(
    slug: str,
    request: Request,
    context: InContext,
    text: Text = "",
    data_contact: Text = "",
    welfare_contact: Text = "",
) -> Response:
    """Our own words, saved as they were proposed, go on following ours: they are kept as nothing."""
    event, actor = await own_event(slug, request, context)
    with speaking(event):
        ours = proposed()
    written = "" if text.split() == ours.split() else text.strip()
    contacts = {"data_contact": data_contact.strip(), "welfare_contact": welfare_contact.strip()}
    try:
        await context.backchannel.do(change_house_rules, event.id, text=written, **contacts, by=actor, at=context.now())
    except Refused as error:
        wrong, typed = {"rules": error.sentence}, await typed_in(request)
        return await _page(request, context, event, status=422, wrong=wrong, typed=typed)
    return RedirectResponse(f"/e/{slug}/setup/house-rules?saved=rules", 303)


async def _page(request: Request, context: Context, event: Event, *, status: int = 200, **more: object) -> Response:
    rules = await context.backchannel.ask(house_rules, event.id)
    values = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "rules": rules,
        "text": text_of(rules, event),
        "saved": request.query_params.get("saved", ""),
        "wrong": {},
        "typed": {},
        **more,
    }
    return context.page("setup_house_rules.html", values, status)
