"""The organiser's register of what people ask to have taken away: each with its clock, its post and what came of it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.domain.event import Event
from app.queries.takedowns import takedowns
from app.views.context import Context, InContext
from app.views.pages_and_api.takedowns import settle
from app.views.row_ids import Number
from app.views.setup.forms import Text, own_event

router = APIRouter()


@router.get("/e/{slug}/setup/takedowns")
async def register(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await _page(context, event)


@router.post("/e/{slug}/setup/takedowns/{number}/acknowledgement")
async def acknowledge(slug: str, number: Number, request: Request, context: InContext) -> Response:
    return await _settled(slug, number, request, context, "acknowledged")


@router.post("/e/{slug}/setup/takedowns/{number}/withdrawal")
async def withdraw_post(slug: str, number: Number, request: Request, context: InContext) -> Response:
    """What was asked is done: if the post is one of ours, it leaves every screen now."""
    return await _settled(slug, number, request, context, "done")


@router.delete("/e/{slug}/setup/takedowns/{number}/withdrawal")
async def bring_back(slug: str, number: Number, request: Request, context: InContext) -> Response:
    return await _settled(slug, number, request, context, "reopened")


@router.post("/e/{slug}/setup/takedowns/{number}/refusal")
async def refuse(slug: str, number: Number, request: Request, context: InContext, why: Text = "") -> Response:
    return await _settled(slug, number, request, context, "refused", why)


async def _settled(slug: str, number: int, request: Request, context: Context, act: str, why: str = "") -> Response:
    event, by = await own_event(slug, request, context)
    try:
        await settle(context, event, number, act, why=why, by=by)
    except Refused as error:
        return await _page(context, event, status=422, wrong={number: error.sentence}, typed=why)
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
