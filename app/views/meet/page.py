"""`/e/{slug}/meet`: where and when, who comes, the notes, the next date; the same by a private link."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.meets import change_guest, come, guest_token_hash, stay_away
from app.bus.rate_limits import Rate
from app.domain.access import Role
from app.domain.event import Event, EventKind
from app.domain.house_rules import blocks
from app.domain.meet import (
    LONGEST_ALT,
    LONGEST_BRINGS,
    LONGEST_GUEST,
    MOST_SEATS,
    MOST_WITH_ONE,
    Guest,
    GuestWords,
    MeetPhoto,
)
from app.domain.series import Edition
from app.domain.verdict import Verdict
from app.files.meet_ics import calendar_of_meet
from app.queries.meets import guest_by_hash, guests_of, is_over, meet_of, next_date, notes_of, people_coming, photos_of
from app.queries.series import edition_of, series_of
from app.views.context import Context, InContext
from app.views.line_breaks import Typed
from app.views.opening import by_key
from app.views.questions import NO_COOKIE
from app.views.reading.words import OVER, a_person_looks
from app.views.setup.forms import typed_in

router = APIRouter()
Line = Annotated[Typed, Form(max_length=2_000)]
More = Annotated[int, Form(ge=0, le=99)]
Tick = Annotated[bool, Form()]
COMING = Rate(burst=10, per_minute=10)
COMING_OF_NEW_PHONES = Rate(burst=100, per_minute=100)
GUESTS = "/e/{slug}/meet/guests"


@router.get("/e/{slug}/meet")
async def meet_page(slug: str, request: Request, context: InContext) -> Response:
    """Its hosts open it with their link."""
    event = await own_meet(slug, context)
    if key := request.query_params.get("key"):
        return await by_key(request, context, event, key)
    return await page_of_meet(request, context, event)


@router.get("/e/{slug}/meet.ics")
async def calendar(slug: str, request: Request, context: InContext) -> Response:
    event = await own_meet(slug, context)
    return await _calendar(request, context, event, may_know=await _mine(request, context, event) is not None)


@router.post(GUESTS)
async def say_that_one_comes(
    slug: str, request: Request, context: InContext,
    name: Line = "", more: More = 0, brings: Line = "", shown: Tick = False,
) -> Response:  # fmt: skip
    """Who comes is led to the private page of it: its address is the only way to change that from elsewhere."""
    event = await own_meet(slug, context)
    device = context.cookies.device(request)
    if device is None:
        raise HTTPException(403, NO_COOKIE)
    await context.limit(request, "guest", device, COMING, COMING_OF_NEW_PHONES)
    words = GuestWords(name, more, brings, shown)
    try:
        coming = await context.backchannel.do(come, event.id, device, words, at=context.now())
    except Refused as error:
        return await _refused(request, context, event, None, error)
    own = f"/guests/{coming.token}" if coming.token else ""
    return RedirectResponse(f"/e/{event.slug}/meet{own}?saved=come#come", 303)


@router.get(GUESTS + "/{token}")
async def guest_page(slug: str, token: str, request: Request, context: InContext) -> Response:
    event = await own_meet(slug, context)
    return await page_of_meet(request, context, event, guest=await _guest(token, event, context), token=token)


@router.post(GUESTS + "/{token}")
async def say_it_otherwise(
    slug: str, token: str, request: Request, context: InContext,
    name: Line = "", more: More = 0, brings: Line = "", shown: Tick = False,
) -> Response:  # fmt: skip
    event = await own_meet(slug, context)
    guest = await _guest(token, event, context)
    await context.limit(request, "guest", f"guest {guest.id}", COMING, COMING_OF_NEW_PHONES)
    words = GuestWords(name, more, brings, shown)
    try:
        await context.backchannel.do(change_guest, guest.id, words, at=context.now())
    except Refused as error:
        return await _refused(request, context, event, (guest, token), error)
    return RedirectResponse(f"/e/{event.slug}/meet/guests/{token}?saved=come#come", 303)


@router.delete(GUESTS + "/{token}")
async def stay_at_home(slug: str, token: str, context: InContext) -> Response:
    event = await own_meet(slug, context)
    guest = await _guest(token, event, context)
    await context.backchannel.do(stay_away, guest.id, at=context.now())
    return RedirectResponse(f"/e/{event.slug}/meet?saved=away#come", 303)


@router.delete(GUESTS)
async def stay_at_home_by_phone(slug: str, request: Request, context: InContext) -> Response:
    """Whoever has lost their link takes it back on the phone that said so."""
    event = await own_meet(slug, context)
    if (guest := await _mine(request, context, event)) is not None:
        await context.backchannel.do(stay_away, guest.id, at=context.now())
    return RedirectResponse(f"/e/{event.slug}/meet?saved=away#come", 303)


@router.get(GUESTS + "/{token}/meet.ics")
async def own_calendar(slug: str, token: str, request: Request, context: InContext) -> Response:
    event = await own_meet(slug, context)
    await _guest(token, event, context)
    return await _calendar(request, context, event, may_know=True)


async def own_meet(slug: str, context: Context) -> Event:
    """The Event at an address, if it is a meet. Raises 404 for others."""
    event = await context.event(slug)
    if event.kind is not EventKind.MEET:
        raise HTTPException(404, "There is no meet at this address.")
    return event


async def page_of_meet(
    request: Request,
    context: Context,
    event: Event,
    *,
    guest: Guest | None = None,
    token: str = "",
    status: int = 200,
    **more: Any,
) -> Response:
    """For everybody; who comes, and hosts, read where it is, whatever others do."""
    device = context.cookies.device(request) or "-"
    doors, holder = context.backchannel, await context.holder(request, event)
    may, mine = holder.may(Role.MODERATOR) is not None, guest or await _mine(request, context, event)
    guests, meet = await doors.ask(guests_of, event.id), await doors.ask(meet_of, event)
    notes, series = await doors.ask(notes_of, event.id), await doors.ask(series_of, event.id)
    edition: Edition | None = await doors.ask(edition_of, event.id)
    coming = people_coming(guests)
    values = {
        "event": event,
        "view": "meet",
        "cursor": event.cursor,
        "meet": meet,
        "edition": edition,
        "series": series,
        "may": may,
        "knows_place": may or mine is not None or not meet.place_for_guests,
        "guests": guests,
        "named": [one for one in guests if one.is_named],
        "coming": coming,
        "free": max(0, (meet.seats or MOST_SEATS) - coming),
        "mine": mine,
        "token": token,
        "own_address": f"{context.base_url(request)}/e/{event.slug}/meet/guests/{token}" if token else "",
        "over": event.state in OVER or await doors.ask(is_over, event.id, context.now()),
        "off": edition is not None and edition.called_off,
        "looks": a_person_looks(event),
        "notes": notes,
        "blocks": list(blocks(notes.text)) if notes else [],
        "photos": [one for one in await doors.ask(photos_of, event.id) if _may_see(one, may, device)],
        "device": device,
        "may_bring": may or (mine is not None and device != "" and mine.device == device),
        "agenda": list(blocks(meet.agenda)),
        "next": await doors.ask(next_date, event.id, context.now()),
        "saved": request.query_params.get("saved", ""),
        "longest": {"name": LONGEST_GUEST, "brings": LONGEST_BRINGS, "more": MOST_WITH_ONE, "alt": LONGEST_ALT},
        "Verdict": Verdict,
        "wrong": {},
        "typed": {},
        **more,
    }
    response = context.page("meet.html", values, status)
    if context.cookies.device(request) is None:
        context.cookies.give_device(response, context.now())
    return response


def _may_see(photo: MeetPhoto, may: bool, device: str) -> bool:
    """Whoever brought one sees that it waits."""
    waits = photo.device == device and photo.verdict is Verdict.HELD
    return may or waits or photo.verdict is Verdict.APPROVED


async def _refused(
    request: Request, context: Context, event: Event, own: tuple[Guest, str] | None, error: Refused
) -> Response:
    guest, token = own or (None, "")
    wrong, typed = {"come": error.sentence}, await typed_in(request)
    return await page_of_meet(request, context, event, guest=guest, token=token, status=422, wrong=wrong, typed=typed)


async def _mine(request: Request, context: Context, event: Event) -> Guest | None:
    """What was said from this phone."""
    device = context.cookies.device(request)
    guests = await context.backchannel.ask(guests_of, event.id) if device else ()
    return next((one for one in guests if one.device == device), None)


async def _guest(token: str, event: Event, context: Context) -> Guest:
    found = await context.backchannel.ask(guest_by_hash, event.id, guest_token_hash(token))
    if found is None:
        raise HTTPException(404, "This is not known here any more. Say once more that you come, if you do.")
    return found


async def _calendar(request: Request, context: Context, event: Event, *, may_know: bool) -> Response:
    """Where it is stands in it for those for whom it stands on the page."""
    may_know = may_know or (await context.holder(request, event)).may(Role.MODERATOR) is not None
    meet = await context.backchannel.ask(meet_of, event)
    edition = await context.backchannel.ask(edition_of, event.id)
    content = calendar_of_meet(
        event,
        edition,
        meet,
        url=f"{context.base_url(request)}/e/{event.slug}/meet",
        with_place=may_know or not meet.place_for_guests,
        at=context.now(),
    )
    name = f'inline; filename="{event.slug}.ics"'
    return Response(content, media_type="text/calendar; charset=utf-8", headers={"Content-Disposition": name})
