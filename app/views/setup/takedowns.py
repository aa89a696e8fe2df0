"""The organiser's register of what people ask to have taken away: each with its clock, its post and what came of it."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.takedowns import acknowledge_takedown, follow_takedown, refuse_takedown, reopen_takedown
from app.domain.event import Event
from app.queries.takedowns import takedown_of, takedowns
from app.views.context import Context, InContext
from app.views.row_ids import Number
from app.views.setup.forms import Text, own_event

router = APIRouter()


@router.get("/e/{slug}/setup/takedowns")
async def register(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await _page(context, event)


@router.post("/e/{slug}/setup/takedowns/{number}/acknowledgement")
async def acknowledge(slug: str, number: Number, request: Request, context: InContext) -> Response:
    return await _settled(slug, number, request, context, acknowledge_takedown)


@router.post("/e/{slug}/setup/takedowns/{number}/withdrawal")
async def withdraw_post(slug: str, number: Number, request: Request, context: InContext) -> Response:
    """What was asked is done: if the post is one of ours, it leaves every screen now."""
    return await _settled(slug, number, request, context, follow_takedown)


@router.delete("/e/{slug}/setup/takedowns/{number}/withdrawal")
async def bring_back(slug: str, number: Number, request: Request, context: InContext) -> Response:
    return await _settled(slug, number, request, context, reopen_takedown)


@router.post("/e/{slug}/setup/takedowns/{number}/refusal")
async def refuse(slug: str, number: Number, request: Request, context: InContext, why: Text = "") -> Response:
    return await _settled(slug, number, request, context, refuse_takedown, why)


async def _settled(
    slug: str, number: int, request: Request, context: Context, verb: Callable[..., Any], *said: str
) -> Response:
    event, by = await own_event(slug, request, context)
    if await context.backchannel.ask(takedown_of, event.id, number) is None:
        raise HTTPException(404, "There is no such request.")
    try:
        await context.backchannel.do(verb, number, *said, by=by, at=context.now())
    except Refused as error:
        return await _page(context, event, status=422, wrong={number: error.sentence}, typed="".join(said))
    return RedirectResponse(f"/e/{event.slug}/setup/takedowns#takedown-{number}", 303)


async def _page(context: Context, event: Event, *, status: int = 200, **more: Any) -> Response:
    values = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "asked": await context.backchannel.ask(takedowns, event.id),
        "at": context.now(),
        "wrong": {},
        "typed": "",
        **more,
    }
    return context.page("setup_takedowns.html", values, status)
