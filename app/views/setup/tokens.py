"""Setup of a network's token: entered, checked, kept sealed, never shown again."""

import secrets
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.network_tokens import forget_token, keep_token
from app.domain.network import Network, Token
from app.domain.sentence import Sentence
from app.queries.sources import sources
from app.views.context import Context, InContext
from app.views.setup.forms import own_event
from app.views.setup.page import page_again
from app.views.setup.sources import network_at

router = APIRouter()

NO_TOKEN = Sentence("That is not a token: one is a single word of letters, digits and signs, as it was given to you.")
SAME = Sentence("That is the token of this installation. It is used anyway, so nothing was kept for this event.")


@router.post("/e/{slug}/setup/sources/{kind}/token")
async def enter_token(slug: str, kind: str, request: Request, context: InContext) -> Response:
    """Ask the network about it once; what it refuses is not kept. Whatever comes of it, the token is not said again."""
    event, by = await own_event(slug, request, context)
    network, descriptor = _with_token(context, kind)
    typed = descriptor.read(str((await request.form()).get("token") or ""))
    if not typed:
        return await page_again(request, context, slug, status=422, wrong={"sources": NO_TOKEN})
    settings = network.settings()
    if secrets.compare_digest(descriptor.held(settings).encode(), typed.encode()):
        await context.backchannel.do(forget_token, event.id, kind, by=by, at=context.now())
        return await page_again(request, context, slug, status=409, wrong={"sources": SAME})
    chosen = {source.kind: source.options for source in await context.backchannel.ask(sources, event.id)}
    checked = await descriptor.check(descriptor.put(settings, typed), chosen.get(kind, {}))
    if checked.refused:
        return await page_again(request, context, slug, status=422, wrong={"sources": checked.said})
    sealed, mark = context.seal.sealed(checked.keep or typed, kind), context.seal.mark(typed, kind)
    await context.backchannel.do(
        keep_token, event.id, kind, sealed=sealed, mark=mark, told=checked.said, by=by, at=context.now()
    )
    return RedirectResponse(f"/e/{slug}/setup?saved=sources#sources", 303)


@router.delete("/e/{slug}/setup/sources/{kind}/token")
async def remove_token(slug: str, kind: str, request: Request, context: InContext) -> Response:
    event, by = await own_event(slug, request, context)
    _with_token(context, kind)
    await context.backchannel.do(forget_token, event.id, kind, by=by, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup?saved=sources#sources", 303)


def _with_token(context: Context, kind: str) -> tuple[Network[Any], Token[Any]]:
    network = network_at(context, kind)
    if network.token is None:
        raise HTTPException(404, "This network needs no token.")
    return network, network.token
