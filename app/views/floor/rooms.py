"""Where a phone is: said once, or by the code on a room's door; changed in one tap, and remembered."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.domain.event import Event
from app.domain.room import Room
from app.queries.rooms import room_at
from app.views.context import Context, InContext

router = APIRouter()

NOWHERE = "-"
"""Of whoever is in no room, as at home: they see all of them."""


@router.get("/e/{slug}/r/{room}")
async def by_the_code(slug: str, room: str, context: InContext) -> Response:
    """The code of a room leads to the floor, which knows from then on where this phone is."""
    event = await context.event(slug)
    return await _stay(context, event, room)


@router.post("/e/{slug}/room")
async def say_where(slug: str, context: InContext, room: Annotated[str, Form(max_length=64)] = "") -> Response:
    event = await context.event(slug)
    return await _stay(context, event, room)


async def _stay(context: Context, event: Event, key: str) -> Response:
    response = RedirectResponse(f"/e/{event.slug}", 303)
    found = await context.backchannel.ask(room_at, event.id, key)
    if key == NOWHERE or found is not None:
        context.cookies.remember_room(response, event.slug, key.strip().lower())
    return response


async def room_of_phone(request: Request, context: Context, event: Event, said: str = "") -> Room | None:
    """Where a phone is: as it says with what it sends, otherwise as it said before."""
    key = said or context.cookies.room(request, event.slug)
    return await context.backchannel.ask(room_at, event.id, key) if key and key != NOWHERE else None


def has_said_nowhere(request: Request, context: Context, event: Event, said: str = "") -> bool:
    return (said or context.cookies.room(request, event.slug)) == NOWHERE
