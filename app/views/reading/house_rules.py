"""House rules and privacy: a page that everybody may read, before they send anything."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.event import Event
from app.domain.house_rules import PROPOSED, HouseRules, blocks
from app.domain.policy import Policy
from app.queries.house_rules import house_rules
from app.views.context import Context, InContext
from app.views.reading.words import LETS_THROUGH
from app.views.setup.sources import network_cards
from app.views.translation import say, speaking

router = APIRouter()


@router.get("/e/{slug}/rules")
async def rules_page(slug: str, request: Request, context: InContext) -> Response:  # noqa: ARG001
    event = await context.event(slug)
    rules = await context.backchannel.ask(house_rules, event.id)
    values = {
        "event": event,
        "view": "reading",
        "cursor": event.cursor,
        "rules": rules,
        "blocks": list(blocks(text_of(rules, event))),
        "lets_through": LETS_THROUGH[Policy.from_json(event.policy).mode],
        "read": await networks_read(context, event),
    }
    return context.page("house_rules.html", values)


def text_of(rules: HouseRules, event: Event) -> str:
    """What people read: the organiser's words, or ours in the event's language."""
    if rules.text:
        return rules.text
    with speaking(event):
        return proposed()


def proposed() -> str:
    """Our words, as an organiser may go on with them."""
    written, before = "", ""
    for sign, sentence in PROPOSED:
        written += ("\n" if sign == before == "-" else "\n\n") + f"{sign} {say(sentence)}".strip()
        before = sign
    return written.strip()


async def networks_read(context: Context, event: Event) -> list[str]:
    """Those whose posts may come: chosen, and with all that they need."""
    cards = await context.backchannel.ask(network_cards(context.networks, context.seal), event)
    return [card.network.label for card in cards if card.source.enabled and not card.needs]
