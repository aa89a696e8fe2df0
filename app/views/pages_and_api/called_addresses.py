"""Addresses that we are told to call: those inside our own network are refused."""

from app.actions.events import Refused
from app.actions.webhooks import add_webhook
from app.domain.alarms import Alarms, BadAlarms
from app.domain.webhook import Webhook
from app.outbound.requests import refusal
from app.views.context import Context


def refuse_private(alarms: Alarms, context: Context) -> None:
    """Raises BadAlarms for an address that we would not ask."""
    for url in filter(None, (alarms.ntfy, alarms.webhook)):
        if said := refusal(url, context.settings.allowed_hook_hosts):
            raise BadAlarms(said)


async def new_hook_for(context: Context, event_id: int, url: str, *, secret: str = "") -> Webhook:
    """Raises Refused for an address that we would not tell. A `secret` is given where a form may come twice."""
    if said := refusal(url, context.settings.allowed_hook_hosts, secure=True):
        raise Refused(said)
    return await context.backchannel.do(add_webhook, event_id, url, secret=secret, at=context.now())
