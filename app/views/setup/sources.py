"""Setup of the sources: for each network a form, made of what its descriptor says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app.actions.sources import change_source, try_again
from app.domain.event import Event
from app.domain.network import Network, Networks
from app.domain.network_token import UNREADABLE, NetworkToken
from app.domain.source import Source
from app.queries.network_tokens import kept_tokens
from app.queries.sources import one_each
from app.store.sealing import Seal
from app.views.context import Context, InContext
from app.views.setup.forms import own_event

router = APIRouter()


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """A network with an Event's source of it, and what has to be done before anything can come."""

    network: Network[Any]
    source: Source
    needs: str
    token: NetworkToken | None
    """The Event's own, which nobody sees again."""
    has_default: bool
    """Whether the installation has one."""


def network_cards(networks: Networks, seal: Seal) -> Callable[[Session, Event], list[NetworkCard]]:
    settings = {network.key: network.settings() for network in networks}

    def load(db: Session, event: Event) -> list[NetworkCard]:
        kept = kept_tokens(db, event.id)
        return [card(source, kept.get(source.kind)) for source in one_each(db, event, networks.keys, networks.resting)]

    def card(source: Source, token: NetworkToken | None) -> NetworkCard:
        network, given = networks[source.kind], settings[source.kind]
        has_default = network.token is not None and network.token.held(given) != ""
        if token is None or network.token is None:
            return NetworkCard(network, source, network.needs(given), token, has_default)
        opened = seal.opened(token.sealed, source.kind)
        needs = UNREADABLE if opened is None else network.needs(network.token.put(given, opened))
        return NetworkCard(network, source, needs, token, has_default)

    return load


@router.post("/e/{slug}/setup/sources/{kind}")
async def set_source(slug: str, kind: str, request: Request, context: InContext) -> Response:
    event, by = await own_event(slug, request, context)
    form, network = await request.form(), network_at(context, kind)
    await context.backchannel.do(
        change_source,
        event.id,
        kind,
        enabled=form.get("enabled") == "true",
        options=network.chosen(form),
        by=by,
        at=context.now(),
        among=context.networks.keys,
        resting=context.networks.resting,
    )
    return RedirectResponse(f"/e/{slug}/setup?saved=sources#sources", 303)


@router.post("/e/{slug}/setup/sources/{kind}/again")
async def again(slug: str, kind: str, request: Request, context: InContext) -> Response:
    """Let a source that stopped have another go."""
    (event, by), network = await own_event(slug, request, context), network_at(context, kind)
    await context.backchannel.do(try_again, event.id, network.key, by=by, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup#sources", 303)


def network_at(context: Context, kind: str) -> Network[Any]:
    if kind not in context.networks:
        raise HTTPException(404, "There is no such source.")
    return context.networks[kind]
