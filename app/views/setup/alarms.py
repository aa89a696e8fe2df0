"""Setup of who is called when nobody watches; the page has the webhooks too."""

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.alarms import Raised
from app.domain.alarms import FALLBACKS, WAITING, Alarms, BadAlarms, failures_in
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.outbound.alarm_delivery import call
from app.outbound.requests import Outgoing
from app.queries.webhooks import webhooks
from app.views.context import Context, InContext
from app.views.pages_and_api.called_addresses import arrange_alarms
from app.views.setup.forms import Text, own_event, typed_in
from app.views.translation import say

router = APIRouter()


@router.get("/e/{slug}/setup/watch")
async def watchwatch_screen(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await watch_screen(request, context, event)


@router.post("/e/{slug}/setup/watch")
async def set_alarms(
    slug: str,
    request: Request,
    context: InContext,
    wait_seconds: Text = "",
    nobody_seconds: Text = "",
    ntfy: Text = "",
    webhook: Text = "",
    email: Text = "",
    fallback: Text = "none",
    test: Annotated[bool, Form()] = False,
) -> Response:
    """Save the alarms; with `test` send a message at once and say what came of it."""
    event, by = await own_event(slug, request, context)
    try:
        alarms = Alarms(
            wait_seconds=_number(wait_seconds),
            nobody_seconds=_number(nobody_seconds),
            ntfy=ntfy.strip(),
            webhook=webhook.strip(),
            email=tuple(address for address in email.replace(",", " ").split()),
            fallback=fallback,
        )
        event = await arrange_alarms(context, event, alarms, by=by)
    except BadAlarms as error:
        typed = await typed_in(request)
        return await watch_screen(request, context, event, status=422, wrong={"alarms": str(error)}, typed=typed)
    if not test:
        return RedirectResponse(f"/e/{slug}/setup/watch?saved=alarms", 303)
    return await watch_screen(request, context, event, results=await _test(context, event, alarms))


async def watch_screen(request: Request, context: Context, event: Event, *, status: int = 200, **more: Any) -> Response:
    """The page of alarms and webhooks."""
    values = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "alarms": Alarms.from_json(event.alarms),
        "fallbacks": FALLBACKS,
        "hooks": await context.backchannel.ask(webhooks, event.id),
        "has_mail": bool(context.settings.smtp_url.get_secret_value()),
        "saved": request.query_params.get("saved", ""),
        "wrong": {},
        "typed": {},
        "results": {},
        "failures": failures_in(event.alarms),
        "fresh": None,
        "tested": None,
        "key": secrets.token_urlsafe(16),
        **more,
    }
    return context.page("setup_alarms.html", values, status)


async def _test(context: Context, event: Event, alarms: Alarms) -> dict[str, str]:
    name = Sentence("%(event)s (a test)", event=event.name)
    raised = Raised(event.id, event.slug, name, WAITING, 0, context.now(), alarms, event.language, event.zone)
    outgoing = Outgoing(context.settings.allowed_hook_hosts)
    try:
        return await call(raised, context.settings, outgoing, say, retry=False)
    finally:
        await outgoing.close()


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadAlarms("“%(typed)s” is not a number of seconds.", typed=text[:20]) from None
