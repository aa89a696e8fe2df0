"""Deleting an event: exported first, its address typed, then really gone."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from app.actions.event_deletion import delete_event
from app.actions.events import Refused
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.files.event_formats import FORMATS
from app.files.event_reading import begin_reading
from app.queries.archive import changed_since
from app.queries.events import cursor_of
from app.views.context import Context, InContext
from app.views.home.holder import event_at, note, own_home

router = APIRouter()

MEDIA = {"json": "application/json", "csv": "text/csv", "md": "text/markdown"}


@router.get("/events/{slug}/deletion")
async def ask(slug: str, request: Request, context: InContext) -> Response:
    await own_home(request, context)
    return await _page(request, context, slug)


@router.get("/events/{slug}/export.{kind}")
async def export(slug: str, kind: str, request: Request, context: InContext) -> Response:
    """Everything of an event as a file. That it was taken is noted: only then may the event be deleted."""
    held = await own_home(request, context)
    event = await event_at(slug, context)
    if kind not in FORMATS:
        raise HTTPException(404, "There is no such format.")
    cursor = await context.backchannel.ask(cursor_of, event.id)
    reading = await begin_reading(context.backchannel.ask, event.id, unshared=True)
    name = f"attachment; filename={event.slug}.{kind}"
    pieces = FORMATS[kind](reading, context.networks)
    response = StreamingResponse(pieces, media_type=MEDIA[kind], headers={"content-disposition": name})
    context.cookies.note_export(response, event, cursor)
    note(held, "exported %s as %s", event.slug, kind)
    return response


@router.delete("/events/{slug}")
async def delete_one(
    slug: str, request: Request, context: InContext, typed: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    held = await own_home(request, context)
    event = await event_at(slug, context)
    if await _changed_since_export(request, context, event):
        said = Sentence("Something has happened since the last export, or there is none. Take one first.")
        return await _page(request, context, slug, status=409, said=said)
    if typed.strip().lower() != event.slug:
        said = Sentence("Type its address, “%(slug)s”, to delete it.", slug=event.slug)
        return await _page(request, context, slug, status=422, said=said)
    try:
        await context.backchannel.do(delete_event, event.id, at=context.now())
    except Refused as error:
        return await _page(request, context, slug, status=409, said=error.sentence)
    note(held, "deleted %s", event.slug)
    return RedirectResponse("/", 303)


async def _page(request: Request, context: Context, slug: str, *, status: int = 200, said: str = "") -> Response:
    event = await event_at(slug, context)
    taken = not await _changed_since_export(request, context, event)
    return context.page("home_deletion.html", {"gone": event, "taken": taken, "said": said}, status)


async def _changed_since_export(request: Request, context: Context, event: Event) -> bool:
    return await context.backchannel.ask(changed_since, event.id, context.cookies.took_export(request, event))
