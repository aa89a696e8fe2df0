"""The log: who did what, when and why; undoing any of it; the trail and incidents as files."""

import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

from app.domain.access import Role
from app.domain.sentence import Sentence
from app.files.decisions import streamed
from app.queries.decisions import (
    MAX_ENTRIES_EXPORTED,
    PAGE,
    SUBJECTS,
    Entry,
    Sought,
    decision_by_id,
    entries,
)
from app.views.context import Context, InContext, answer
from app.views.pages_and_api.incidents import packed
from app.views.pages_and_api.undo import cannot_undo, role_to_undo, undo_entry
from app.views.row_ids import LARGEST_ID, Number

router = APIRouter()

ROWS = 500
"""Rows that a file is read in at a time."""


class Asked(BaseModel):
    """What the form of the log asks for, as it was typed."""

    by: str = Field(default="", max_length=200)
    what: str = Field(default="", max_length=200)
    about: str = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=200)
    since: str = Field(default="", max_length=200)
    until: str = Field(default="", max_length=200)
    machine: bool = False
    before: int = Field(default=0, ge=0, le=LARGEST_ID)

    def sought(self, zone: str) -> Sought:
        """What cannot be read is left out."""
        number = self.about.strip().lstrip("#")
        return Sought(
            by=self.by.strip(),
            subject=self.what if self.what in SUBJECTS else "",
            subject_id=int(number) if number.isdecimal() and len(number) < 10 else None,
            reason=self.reason.strip(),
            since=_moment(self.since, zone),
            until=_moment(self.until, zone, to_its_end=True),
            machine=self.machine,
        )


class AskedFile(Asked):
    """A file holds everything unless it is told otherwise."""

    machine: bool = True


@router.get("/e/{slug}/log")
async def log_page(slug: str, request: Request, context: InContext, asked: Annotated[Asked, Query()]) -> Response:
    """A page of the audit trail, newest first."""
    event = await context.event(slug)
    await context.actor(request, event.id, Role.MODERATOR)
    found = await context.backchannel.ask(entries, event.id, asked.sought(event.zone), before=asked.before)
    values = {
        "event": event,
        "view": "log",
        "cursor": event.cursor,
        "entries": found,
        "more": found[-1].decision.id if len(found) == PAGE else 0,
        "subjects": SUBJECTS,
        "asked": asked.model_dump(exclude={"before"}),
        "query": request.query_params,
    }
    return context.page_that_tells(request, "log.html", values)


@router.get("/e/{slug}/log.{kind}")
async def log_file(
    slug: str, kind: str, request: Request, context: InContext, asked: Annotated[AskedFile, Query()]
) -> Response:
    """The trail as a file, with the same filters. No words of posts are in it."""
    event = await context.event(slug)
    await context.actor(request, event.id, Role.MODERATOR)
    if kind not in {"csv", "json"}:
        raise HTTPException(404)
    name = {"Content-Disposition": f'attachment; filename="{event.slug}-log.{kind}"'}
    kinds = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    pages = _pages(context, event.id, asked.sought(event.zone))
    return StreamingResponse(streamed(pages, kind), headers=name, media_type=kinds[kind])


@router.post("/decisions/{decision_id}/undoing")
async def undo_one(decision_id: Number, request: Request, context: InContext) -> Response:
    """Undo any decision, whoever took it, if what it led to still stands."""
    decision = await context.backchannel.ask(decision_by_id, decision_id)
    if decision is None:
        raise HTTPException(404, "There is no such entry.")
    by = await context.actor(request, decision.event_id, role_to_undo(decision))
    undone = await undo_entry(context, decision, by=by)
    said = Sentence("Undone.") if undone else cannot_undo(decision)
    return answer(request, context, said, status=200 if undone else 409, undone=undone)


@router.post("/e/{slug}/incidents")
async def take(
    slug: str,
    request: Request,
    context: InContext,
    posts: Annotated[str, Form(max_length=2_000)] = "",
    author: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """Everything about some posts as one file, for a safeguarding case. It is written down who took it."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    ids = [number for number in map(int, re.findall("[0-9]+", posts)) if number <= LARGEST_ID]
    pack = await packed(context, event, ids, author, by)
    if pack is None:
        said = Sentence("Name the numbers of posts, such as 7 12; none of these is a post here.")
        return answer(request, context, said, status=422, back=f"/e/{slug}/log")
    name = {"Content-Disposition": f'attachment; filename="{event.slug}-incident.zip"'}
    return Response(pack, headers=name, media_type="application/zip")


async def _pages(context: Context, event_id: int, sought: Sought) -> AsyncGenerator[list[Entry]]:
    before, left = 0, MAX_ENTRIES_EXPORTED
    while left > 0:
        found = await context.backchannel.ask(entries, event_id, sought, before=before, limit=min(ROWS, left))
        if not found:
            return
        yield found
        before, left = found[-1].decision.id, left - len(found)


def _moment(typed: str, zone: str, *, to_its_end: bool = False) -> datetime | None:
    """A day or a minute in the event's zone; `to_its_end` gives where it is over."""
    try:
        local = datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(zone))
        if to_its_end:
            local += timedelta(minutes=1) if "T" in typed else timedelta(days=1)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
