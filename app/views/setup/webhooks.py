"""Setup of web addresses that are told what happens."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.outbound.requests import Outgoing, Undelivered
from app.queries.webhooks import webhooks
from app.views.context import InContext
from app.views.pages_and_api import called_addresses
from app.views.row_ids import Number
from app.views.setup.alarms import watch_screen
from app.views.setup.forms import Text, own_event

router = APIRouter()


@router.post("/e/{slug}/setup/hooks")
async def new_hook(
    slug: str,
    request: Request,
    context: InContext,
    url: Text = "",
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Tell an address from now on; its secret is shown only now. A form that comes twice makes one, and shows it."""
    event, by = await own_event(slug, request, context)
    secret = context.cookies.sealed("webhook", str(event.id), url.strip(), key)[:48] if key else ""
    try:
        webhook = await called_addresses.new_hook_for(context, event.id, url.strip(), secret=secret, by=by)
    except Refused as error:
        return await watch_screen(request, context, event, status=422, wrong={"hooks": str(error)}, typed={"url": url})
    return await watch_screen(request, context, event, fresh=webhook)


@router.post("/e/{slug}/setup/hooks/{webhook_id}/test")
async def try_hook(slug: str, webhook_id: Number, request: Request, context: InContext) -> Response:
    """Send a request that tells nothing, and say exactly what came back."""
    event, _ = await own_event(slug, request, context)
    webhook = next(
        (webhook for webhook in await context.backchannel.ask(webhooks, event.id) if webhook.id == webhook_id), None
    )
    if webhook is None:
        raise HTTPException(404, "That address is told nothing any more.")
    told = {"event": event.slug, "cursor": webhook.cursor, "items": [], "test": True}
    outgoing = Outgoing(context.settings.allowed_hook_hosts)
    try:
        answer = await outgoing.post_signed(webhook.url, webhook.secret, told)
        said, arrived = f"It answered {answer.status}", True
        words = answer.words
    except Undelivered as error:
        said, arrived, words = str(error), False, error.answered
    finally:
        await outgoing.close()
    return await watch_screen(
        request, context, event, tested={"id": webhook_id, "said": said, "words": words, "arrived": arrived}
    )


@router.delete("/e/{slug}/setup/hooks/{webhook_id}")
async def drop_hook(slug: str, webhook_id: Number, request: Request, context: InContext) -> Response:
    event, by = await own_event(slug, request, context)
    await called_addresses.drop_hook(context, event, webhook_id, by=by)
    return RedirectResponse(f"/e/{slug}/setup/watch#webhooks", 303)
