"""Addresses that we are told to call: those inside our own network are refused."""

from fastapi import HTTPException

from app.actions.alarms import change_alarms
from app.actions.events import Refused
from app.actions.webhooks import add_webhook, remove_webhook
from app.domain.alarms import Alarms, BadAlarms
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.webhook import Webhook
from app.outbound.requests import refusal
from app.views.context import Context


async def arrange_alarms(context: Context, event: Event, alarms: Alarms, *, by: Actor) -> Event:
    """Raises BadAlarms for what cannot be, and for an address that we would not ask."""
    _refuse_private(alarms.checked(), context)
    return await context.backchannel.do(change_alarms, event.id, alarms, by=by, at=context.now())


def _refuse_private(alarms: Alarms, context: Context) -> None:
    for url in filter(None, (alarms.ntfy, alarms.webhook)):
        if said := refusal(url, context.settings.allowed_hook_hosts):
            raise BadAlarms(said)


async def new_hook_for(context: Context, event_id: int, url: str, *, secret: str = "", by: Actor) -> Webhook:
    """Raises Refused for an address that we would not tell. A `secret` is given where a form may come twice."""
    if said := refusal(url, context.settings.allowed_hook_hosts, secure=True):
        raise Refused(said)
    return await context.backchannel.do(add_webhook, event_id, url, secret=secret, by=by, at=context.now())


async def drop_hook(context: Context, event: Event, webhook_id: int, *, by: Actor) -> None:
    """Tell an address nothing any more. Raises 404 if it is told nothing."""
    try:
        await context.backchannel.do(remove_webhook, event.id, webhook_id, by=by, at=context.now())
    except Refused as error:
        raise HTTPException(404, error.sentence) from None
