"""For programs: web addresses that are told what happens."""

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from app.actions.events import Refused
from app.domain.access import Role
from app.domain.stored_json import Text
from app.domain.webhook import Webhook
from app.queries.webhooks import webhooks
from app.views.api.asked import Asked
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api import called_addresses
from app.views.row_ids import Number

router = APIRouter(prefix="/api/v1", tags=["watch"])


class HookState(BaseModel):
    """A web address that is told what happens, and how that is going."""

    id: int
    url: str
    cursor: int = Field(description="Lines of the event's log up to here were delivered.")
    failures: int = Field(description="Since it last answered.")
    detail: str = Field(description="What went wrong last, empty if nothing did.")
    secret: str = Field(default="", description="Shown once, when it is made: signs X-Backchannel-Signature.")


class NewHook(Asked):
    """An address that is to be told from now on."""

    url: Text = Field(max_length=2_000, examples=["https://hooks.example.org/backchannel"])


@router.get("/hooks")
async def list_hooks(token: Token, context: InContext) -> list[HookState]:
    """Web addresses that are told what happens, and how that is going."""
    event, _ = await token_holder(token, context, Role.OWNER)
    return [_hook(webhook) for webhook in await context.backchannel.ask(webhooks, event.id)]


@router.post("/hooks", status_code=201)
async def make_hook(wanted: NewHook, token: Token, context: InContext) -> HookState:
    """Tell an address from now on. Its secret is in this answer only."""
    event, by = await token_holder(token, context, Role.OWNER)
    try:
        webhook = await called_addresses.new_hook_for(context, event.id, wanted.url, by=by)
    except Refused as error:
        raise HTTPException(422, str(error)) from None
    return _hook(webhook, secret=webhook.secret)


@router.delete("/hooks/{webhook_id}", status_code=204)
async def drop_hook(webhook_id: Number, token: Token, context: InContext) -> None:
    """Tell an address nothing any more."""
    event, by = await token_holder(token, context, Role.OWNER)
    await called_addresses.drop_hook(context, event, webhook_id, by=by)


def _hook(webhook: Webhook, *, secret: str = "") -> HookState:
    return HookState(
        id=webhook.id,
        url=webhook.url,
        cursor=webhook.cursor,
        failures=webhook.failures,
        detail=webhook.detail,
        secret=secret,
    )
