"""What a holder of a home link does with events: makes them, enters, opens, closes and archives them."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from app.actions.event_states import archive_event
from app.actions.events import Refused, plan_event
from app.domain.event import EventKind
from app.outbound.brand_pictures import LARGEST_BRAND_FILE, BadPicture
from app.views.closing import close, open_up
from app.views.context import InContext
from app.views.home import words as home_words
from app.views.home.entering import enter_as_owner
from app.views.home.holder import actor, event_at, event_like, note, own_home
from app.views.home.page import home_page
from app.views.languages import is_spoken
from app.views.pages_and_api.brand_pictures import drawn, file_in
from app.views.setup import look_words
from app.views.setup.days import read_day
from app.views.setup.forms import Text, typed_in

router = APIRouter()


@router.post("/events", max_body_size=LARGEST_BRAND_FILE + 1_000_000)
async def make_event(
    request: Request,
    context: InContext,
    name: Text = "",
    slug: Text = "",
    hashtags: Text = "",
    zone: Text = "Europe/London",
    accent: Text = "",
    wall: Text = "",
    language: Text = "en",
    kind: Text = EventKind.CONFERENCE.value,
    starts_on: Text = "",
    ends_on: Text = "",
    like: Text = "",
    listed: Annotated[bool, Form()] = False,
    with_tokens: Annotated[bool, Form()] = False,
    logo: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """A new event, not open yet; whoever made it is led to its setup as its owner."""
    held = await own_home(request, context)
    try:
        event = await context.backchannel.do(
            plan_event,
            slug,
            name=name,
            hashtags=hashtags.replace(",", " ").split(),
            zone=zone.strip(),
            accent=accent,
            language=language if is_spoken(language) else "en",
            kind=EventKind(kind) if kind in home_words.KINDS else EventKind.CONFERENCE,
            starts_on=read_day(starts_on),
            ends_on=read_day(ends_on),
            listed=listed,
            like=await event_like(context, like),
            with_tokens=with_tokens,
            wall=wall if wall in look_words.WALLS else "",
            pictures=await drawn(logo=await file_in(logo), picture=None),
            by=actor(held),
            at=context.now(),
        )
    except (Refused, BadPicture) as error:
        typed = await typed_in(request)
        return await home_page(request, context, held, status=422, wrong={"event": error.sentence}, typed=typed)
    note(held, "made %s", event.slug)
    return await enter_as_owner(request, context, held, event, f"/e/{event.slug}/setup")


@router.post("/events/{slug}/entry")
async def enter(slug: str, request: Request, context: InContext) -> Response:
    held = await own_home(request, context)
    event = await event_at(slug, context)
    return await enter_as_owner(request, context, held, event, f"/e/{event.slug}/setup")


@router.post("/events/{slug}/opening")
async def open_one(slug: str, request: Request, context: InContext) -> Response:
    held = await own_home(request, context)
    event = await event_at(slug, context)
    await open_up(context, event, by=actor(held))
    note(held, "opened %s", event.slug)
    return RedirectResponse("/", 303)


@router.post("/events/{slug}/closing")
async def close_one(
    slug: str, request: Request, context: InContext, farewell: Text = "", helpers_until: Text = ""
) -> Response:
    held = await own_home(request, context)
    event = await event_at(slug, context)
    try:
        await close(context, event, farewell, helpers_until, by=actor(held))
    except Refused as error:
        return await home_page(request, context, held, status=422, wrong={event.slug: error.sentence})
    note(held, "closed %s", event.slug)
    return RedirectResponse("/", 303)


@router.post("/events/{slug}/archiving")
async def archive_one(slug: str, request: Request, context: InContext) -> Response:
    held = await own_home(request, context)
    event = await event_at(slug, context)
    try:
        await context.backchannel.do(archive_event, event.id, by=actor(held), at=context.now())
    except Refused as error:
        return await home_page(request, context, held, status=409, wrong={event.slug: error.sentence})
    note(held, "archived %s", event.slug)
    return RedirectResponse("/", 303)
