"""What hosts do with a meet: say where it is and what for, judge the names that are to be read, write the notes."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.meets import describe_meet, judge_guest, take_guest_off
from app.actions.notes import WrittenMeanwhile, write_notes
from app.actions.seen_words import SaidOtherwise
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.house_rules import blocks
from app.domain.meet import LONGEST_NOTES, Guest, MeetFacts, MeetNotes
from app.domain.sentence import Sentence
from app.domain.verdict import Verdict
from app.queries.meets import guest_by_id, notes_of, version_of, versions_of
from app.queries.series import series_of
from app.views.context import Context, InContext
from app.views.line_breaks import Typed
from app.views.meet.page import Line, Tick, own_meet, page_of_meet
from app.views.opening import by_key
from app.views.row_ids import AskedId, Number
from app.views.setup.forms import typed_in

router = APIRouter()
Long = Annotated[Typed, Form(max_length=3 * LONGEST_NOTES)]
Count = Annotated[int, Form(ge=0, le=2**31 - 1)]
JUDGED = {Verdict.APPROVED, Verdict.REJECTED}
MEANWHILE = Sentence("Somebody else has saved meanwhile. Here are their words and yours: put together what is to stay.")


@router.post("/e/{slug}/meet")
async def describe(
    slug: str, request: Request, context: InContext,
    place: Line = "", map_url: Line = "", step_free: Line = "", quiet: Line = "", cake: Line = "", agenda: Long = "",
    seats: Annotated[int, Form(ge=0, le=99_999)] = 0, place_for_guests: Tick = False,
) -> Response:  # fmt: skip
    event = await own_meet(slug, context)
    by = await context.actor(request, event.id, Role.MODERATOR)
    facts = MeetFacts(place, map_url, step_free, quiet, cake, agenda, seats, place_for_guests)
    try:
        await context.backchannel.do(describe_meet, event.id, facts, by=by, at=context.now())
    except Refused as error:
        wrong, typed = {"facts": error.sentence}, await typed_in(request)
        return await page_of_meet(request, context, event, status=422, wrong=wrong, typed=typed)
    return RedirectResponse(f"/e/{event.slug}/meet?saved=facts#facts", 303)


@router.post("/e/{slug}/meet/list/{guest_id}/verdict")
async def judge(
    slug: str, guest_id: Number, request: Request, context: InContext,
    verdict: Annotated[str, Form()] = "", seen: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    event = await own_meet(slug, context)
    by = await context.actor(request, event.id, Role.MODERATOR)
    guest = await _listed(context, event, guest_id)
    return await judge_by_form(request, context, event, "list", judge_guest, guest.id, verdict, seen, by=by)


@router.delete("/e/{slug}/meet/list/{guest_id}")
async def take_off(slug: str, guest_id: Number, request: Request, context: InContext) -> Response:
    event = await own_meet(slug, context)
    by = await context.actor(request, event.id, Role.MODERATOR)
    guest = await _listed(context, event, guest_id)
    await context.backchannel.do(take_guest_off, guest.id, by=by, at=context.now())
    return RedirectResponse(f"/e/{event.slug}/meet?saved=list#list", 303)


@router.get("/e/{slug}/notes")
async def notes_page(slug: str, request: Request, context: InContext, version: AskedId = 0) -> Response:
    """To read; with `?version=` an earlier one, for hosts alone."""
    event = await own_meet(slug, context)
    if key := request.query_params.get("key"):
        return await by_key(request, context, event, key)
    return await _notes(request, context, event, version=version)


@router.post("/e/{slug}/notes")
async def write(slug: str, request: Request, context: InContext, text: Long = "", after: Count = 0) -> Response:
    event = await own_meet(slug, context)
    by = await context.actor(request, event.id, Role.MODERATOR)
    try:
        await context.backchannel.do(write_notes, event.id, text, after=after, by=by, at=context.now())
    except WrittenMeanwhile as error:
        newest = error.newest
        return await _notes(request, context, event, 409, wrong=MEANWHILE, typed=text, theirs=newest.text)
    except Refused as error:
        return await _notes(request, context, event, 422, wrong=error.sentence, typed=text)
    return RedirectResponse(f"/e/{event.slug}/notes?saved=notes", 303)


async def judge_by_form(
    request: Request, context: Context, event: Event, place: str, verb: Callable[..., Any], row_id: int,
    verdict: str, seen: str, *, by: Actor,
) -> Response:  # fmt: skip
    """What a host says of something at one place of the page. 409 with what stands there now, if that is other."""
    if verdict not in JUDGED:
        raise HTTPException(422, "There is no such verdict.")
    try:
        await context.backchannel.do(verb, row_id, Verdict(verdict), seen=seen, by=by, at=context.now())
    except SaidOtherwise as error:
        return await page_of_meet(request, context, event, status=409, wrong={place: error.sentence})
    return RedirectResponse(f"/e/{event.slug}/meet?saved={place}#{place}", 303)


async def _listed(context: Context, event: Event, guest_id: int) -> Guest:
    guest = await context.backchannel.ask(guest_by_id, event.id, guest_id)
    if guest is None:
        raise HTTPException(404, "They are not on the list any more.")
    return guest


async def _notes(
    request: Request, context: Context, event: Event, status: int = 200, *, version: int = 0,
    wrong: str = "", typed: str | None = None, theirs: str = "",
) -> Response:  # fmt: skip
    doors, may = context.backchannel, (await context.holder(request, event)).may(Role.MODERATOR) is not None
    newest: MeetNotes | None = await doors.ask(notes_of, event.id)
    shown = await doors.ask(version_of, event.id, version) if may and 0 < version < 2**31 else newest
    values = {
        "event": event,
        "view": "meet",
        "cursor": event.cursor,
        "series": await doors.ask(series_of, event.id),
        "may": may,
        "shown": shown,
        "newest": newest,
        "blocks": list(blocks(shown.text)) if shown else [],
        "versions": await doors.ask(versions_of, event.id) if may else [],
        "text": typed if typed is not None else shown.text if shown else "",
        "after": newest.version if newest else 0,
        "theirs": theirs,
        "wrong": wrong,
        "saved": request.query_params.get("saved", ""),
        "longest": LONGEST_NOTES,
    }
    return context.page("notes.html", values, status)
