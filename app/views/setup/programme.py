"""Setup of the programme from a file: uploaded, looked at, told what its columns mean, and only then put in place."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from app.actions.programme_file import keep_programme_file, put_programme_file_away, read_programme_file_as
from app.actions.programme_import import Imported, OtherChanges, foresee_import, import_programme
from app.domain.event import Event
from app.domain.programme_matching import Programme, UnreadableProgramme
from app.domain.sentence import Sentence
from app.files.programme.column_mapping import FIELDS, read_mapping
from app.files.programme.format_detection import LARGEST_FILE
from app.files.programme.kept_file import read_kept_file
from app.files.programme.tables import UnknownColumns
from app.outbound.downloads import NoDocument, fetch_document
from app.queries.programme import programme_file, programme_watch
from app.views.context import Context, InContext
from app.views.setup.forms import Text, own_event

router = APIRouter()

ROWS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the page shows of a file that could be read: `days` are days with how many talks each room has."""

    programme: Programme
    imported: Imported
    days: tuple[tuple[date, tuple[tuple[str, int], ...]], ...]


@router.get("/e/{slug}/setup/programme")
async def programme_page(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await _page(context, event)


@router.post("/e/{slug}/setup/programme", max_body_size=LARGEST_FILE + 1_000_000)
async def take_file(
    slug: str, request: Request, context: InContext, file: Annotated[UploadFile | None, File()] = None, url: Text = ""
) -> Response:
    """Keep a file, or what stands at an address. Nothing changes yet."""
    event, _ = await own_event(slug, request, context)
    try:
        if file is not None and file.filename:
            name, content = file.filename, await file.read(LARGEST_FILE + 1)
        elif url.strip():
            name, content = url.strip(), await fetch_document(url.strip(), context.settings.allowed_hook_hosts)
        else:
            wrong = Sentence("Choose a file, or give its address.")
            return await _page(context, event, status=422, wrong=wrong)
    except NoDocument as error:
        return await _page(context, event, status=422, wrong=error.sentence, url=url)
    name = "".join(sign for sign in name if sign.isprintable())
    await context.backchannel.do(keep_programme_file, event.id, name=name, content=content, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup/programme", 303)


@router.post("/e/{slug}/setup/programme/reading")
async def read_otherwise(slug: str, request: Request, context: InContext) -> Response:
    """Read the file with another zone, or by what its columns mean."""
    event, _ = await own_event(slug, request, context)
    form = await request.form()
    zone, mapping = str(form.get("zone", "")).strip(), _mapping(form)
    try:
        if zone:
            ZoneInfo(zone)
        if mapping is not None:
            read_mapping(mapping)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        wrong = Sentence("“%(zone)s” is not a time zone, such as Europe/London.", zone=zone)
        return await _page(context, event, status=422, wrong=wrong)
    except UnreadableProgramme as error:
        return await _page(context, event, status=422, wrong=error.sentence)
    await context.backchannel.do(read_programme_file_as, event.id, zone=zone, mapping=mapping, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup/programme", 303)


@router.post("/e/{slug}/setup/programme/talks")
async def put_in_place(
    slug: str,
    request: Request,
    context: InContext,
    mark: Text = "",
    read: Annotated[tuple[str, ...], Form()] = (),
    remove_used: Annotated[bool, Form()] = False,
) -> Response:
    """Change the programme to what the page has shown; 409 and what it would be by now, if that is something else.

    What is doubtful waits in the file until somebody says that they have `read` it.
    """
    event, by = await own_event(slug, request, context)
    file = await context.backchannel.ask(programme_file, event.id)
    if file is None:
        return await _page(context, event, status=409, wrong=Sentence("There is no file any more."))
    try:
        programme = await asyncio.to_thread(read_kept_file, file, event)
    except UnreadableProgramme as error:
        return await _page(context, event, status=422, wrong=error.sentence)
    try:
        await context.backchannel.do(
            import_programme,
            event.id,
            programme,
            remove_used=remove_used,
            read=read,
            mark=mark,
            kept_at=file.at,
            by=by,
            at=context.now(),
        )
    except OtherChanges as error:
        return await _page(context, event, status=409, wrong=error.sentence)
    return RedirectResponse(f"/e/{slug}/setup?saved=talks#talks", 303)


@router.delete("/e/{slug}/setup/programme")
async def put_away(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    await context.backchannel.do(put_programme_file_away, event.id, at=context.now())
    return RedirectResponse(f"/e/{slug}/setup/programme", 303)


async def _page(context: Context, event: Event, *, status: int = 200, wrong: str = "", url: str = "") -> Response:
    file = await context.backchannel.ask(programme_file, event.id)
    shown: dict[str, object] = {"foreseen": None, "rows": None, "refused": ""}
    if file is not None:
        try:
            programme = await asyncio.to_thread(read_kept_file, file, event)
            imported = await context.backchannel.ask(foresee_import, event.id, programme)
            shown["foreseen"] = Foreseen(programme, imported, _by_day(programme))
        except UnknownColumns as error:
            has_header = not any(sign.isdigit() for cell in error.rows[0] for sign in str(cell))
            shown |= {"rows": error.rows[:ROWS_SHOWN], "unknown": error.sentence, "header": int(has_header)}
        except UnreadableProgramme as error:
            shown["refused"] = error.sentence
    values = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "file": file,
        "watch": await context.backchannel.ask(programme_watch, event.id),
        "fields": FIELDS,
        "wrong": wrong,
        "url": url,
        **shown,
    }
    return context.page("setup_programme_file.html", values, status)


def _mapping(form: FormData) -> dict[str, object] | None:
    """What the page's columns were said to mean: `column-3=title`."""
    columns: dict[str, list[str]] = {}
    for name, value in form.items():
        place = name.removeprefix("column-")
        if name != place and _NUMBER.fullmatch(place) and value in FIELDS:
            columns.setdefault(str(value), []).append(f"#{place}")
    if not columns:
        return None
    header, day = str(form.get("header", "0")), str(form.get("day", "")).strip()
    return {**columns, "header": int(header) if _NUMBER.fullmatch(header) else 0, **({"day": day} if day else {})}


_NUMBER = re.compile("[0-9]{1,4}")


def _by_day(programme: Programme) -> tuple[tuple[date, tuple[tuple[str, int], ...]], ...]:
    counted = Counter((talk.starts_at.date(), talk.room) for talk in programme.talks)
    days = sorted({on for on, _ in counted})
    return tuple(
        (on, tuple((room, number) for (of, room), number in sorted(counted.items()) if of == on)) for on in days
    )
