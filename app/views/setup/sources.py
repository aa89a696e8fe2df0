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
from app.domain.source import Source
from app.queries.sources import one_each, sources
from app.views.context import Context, InContext
from app.views.setup.forms import own_event

router = APIRouter()


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """A network with an Event's source of it, and what has to be done before anything can come."""

    network: Network[Any]
    source: Source
    needs: str


def network_cards(networks: Networks) -> Callable[[Session, Event], list[NetworkCard]]:
    needs = {network.key: network.needs(network.settings()) for network in networks}

    def load(db: Session, event: Event) -> list[NetworkCard]:
        found = one_each(db, event, networks.keys)
        return [NetworkCard(networks[source.kind], source, needs[source.kind]) for source in found]

    return load


@router.post("/e/{slug}/setup/sources/{kind}")
async def set_source(slug: str, kind: str, request: Request, context: InContext) -> Response:
    event = await own_event(slug, request, context)
    form, network = await request.form(), _network(context, kind)
    await context.backchannel.do(
        change_source,
        event.id,
        kind,
        enabled=form.get("enabled") == "true",
        options=network.chosen(form),
        at=context.now(),
        among=context.networks.keys,
    )
    return RedirectResponse(f"/e/{slug}/setup?saved=sources#sources", 303)


@router.post("/e/{slug}/setup/sources/{kind}/again")
async def again(slug: str, kind: str, request: Request, context: InContext) -> Response:
    """Let a source that stopped have another go."""
    event, network = await own_event(slug, request, context), _network(context, kind)
    for source in await context.backchannel.ask(sources, event.id):
        if source.kind == network.key:
            await context.backchannel.do(try_again, source.id, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup#sources", 303)


def _network(context: Context, kind: str) -> Network[Any]:
    if kind not in context.networks:
        raise HTTPException(404, "There is no such source.")
    return context.networks[kind]
