"""Anybody asks that something is taken away, or complains: no account, no script, and no more than fits."""

import secrets
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.takedowns import ask_for_takedown
from app.bus.rate_limits import Allowance, Rate
from app.domain.event import Event
from app.domain.network import Networks
from app.domain.sentence import Sentence
from app.domain.takedown import (
    ACKNOWLEDGED_WITHIN,
    LONGEST_LINK,
    LONGEST_QUOTED,
    LONGEST_REACHED,
    LONGEST_WHY,
    TAKEN_DOWN_WITHIN,
    BadTakedown,
    TakedownRequest,
)
from app.queries.house_rules import house_rules
from app.queries.takedowns import post_meant
from app.views.context import Context, InContext
from app.views.line_breaks import Typed
from app.views.sent_once import ref_of

router = APIRouter()

REQUESTS = Rate(burst=30, per_minute=4)
"""Of one address, where a whole hall may sit behind one."""
OF_EVERYBODY = Rate(burst=60, per_minute=20)
"""Of all addresses for one event."""
SLOW_DOWN = Sentence("There are very many requests just now. Please wait a minute; your words are still here.")
Line = Annotated[Typed, Form(max_length=20_000)]


@router.get("/e/{slug}/takedown")
async def form(slug: str, request: Request, context: InContext) -> Response:
    event = await context.event(slug)
    typed = {"link": request.query_params.get("link", "")[:LONGEST_LINK], "key": secrets.token_hex(8)}
    return await _page(context, event, typed, sent="sent" in request.query_params)


@router.post("/e/{slug}/takedown")
async def ask(
    slug: str,
    request: Request,
    context: InContext,
    link: Line = "",
    words: Line = "",
    why: Line = "",
    contact: Line = "",
    website: Line = "",
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Put it into the register. `website` is a field that people do not see: what fills it in is a program."""
    event = await context.event(slug)
    asked, typed = (
        TakedownRequest(link, words, why, contact),
        {"link": link, "words": words, "why": why, "contact": contact},
    )
    typed["key"] = key or secrets.token_hex(8)
    if website:
        return RedirectResponse(f"/e/{event.slug}/takedown?sent=1", 303)
    try:
        asked.checked()
        await _limit(request, context, event)
        within = await _within(context, event, link)
        ref = ref_of(key, link, words, why)
        await context.backchannel.do(ask_for_takedown, event.id, asked, key=ref, within=within, at=context.now())
    except BadTakedown as error:
        return await _page(context, event, typed, said=error.sentence, status=422)
    except Refused as error:
        return await _page(context, event, typed, said=error.sentence, status=503)
    except HTTPException as error:
        return await _page(context, event, typed, said=error.detail, status=error.status_code)
    return RedirectResponse(f"/e/{event.slug}/takedown?sent=1", 303)


async def _limit(request: Request, context: Context, event: Event) -> None:
    """By address and by event; no cookie is asked for. Raises 429."""
    here = Allowance("takedown", context.cookies.origin(request), REQUESTS)
    if await context.bus.wait(here, Allowance("takedowns", str(event.id), OF_EVERYBODY)):
        raise HTTPException(429, SLOW_DOWN)


async def _within(context: Context, event: Event, link: str) -> timedelta:
    """How long it may take: a post of a network as it says, a link elsewhere as short, all else as a complaint."""
    post = await context.backchannel.ask(post_meant, event.id, link.strip())
    networks: Networks = context.networks
    if post is None:
        return TAKEN_DOWN_WITHIN if "://" in link else ACKNOWLEDGED_WITHIN
    return networks[post.source].taken_down_within if post.source in networks else ACKNOWLEDGED_WITHIN


async def _page(
    context: Context, event: Event, typed: dict[str, str], *, said: str = "", sent: bool = False, status: int = 200
) -> Response:
    values = {
        "event": event,
        "view": "reading",
        "cursor": event.cursor,
        "rules": await context.backchannel.ask(house_rules, event.id),
        "typed": typed,
        "wrong": said,
        "sent": sent,
        "longest": {"link": LONGEST_LINK, "words": LONGEST_QUOTED, "why": LONGEST_WHY, "contact": LONGEST_REACHED},
    }
    return context.page("takedown.html", values, status)
