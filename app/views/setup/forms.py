"""What the forms of setup share: whose event it is, what was typed, numbers."""

from typing import Annotated

from fastapi import Form, Request

from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.views.context import Context
from app.views.line_breaks import Typed

Text = Annotated[Typed, Form(max_length=2_000)]


async def own_event(slug: str, request: Request, context: Context) -> tuple[Event, Actor]:
    """The Event and who asks, if they own it. Raises 403 and 404."""
    event = await context.event(slug)
    return event, await context.actor(request, event.id, Role.OWNER)


async def typed_in(request: Request) -> dict[str, str]:
    """What was typed into a form, so that a refusal loses nothing of it."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
