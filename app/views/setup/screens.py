"""Setup of screens: each a link with a name, a room and what it may show; which of them answer, and what they show."""

import secrets
from collections import Counter
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app.actions.events import Refused
from app.actions.programme_scenes import let_programme_run
from app.actions.screens import hang_screen
from app.domain.access import Role
from app.domain.event import Event, WallState
from app.domain.room import Room
from app.domain.scene import read_showing
from app.domain.screen_kind import OVERLAYS, ScreenKind
from app.queries.rooms import rooms
from app.queries.screens import Screen, on_screen, screens
from app.views import words
from app.views.context import Context, InContext
from app.views.row_ids import LARGEST_ID, Number, RoomId
from app.views.scene_words import SCENES
from app.views.screen_words import OWN_SCENES, SCREEN_KINDS
from app.views.setup.forms import Text, own_event
from app.views.setup.links import link_of_form, shown_once
from app.views.view import screen_of

router = APIRouter()

Shows = Annotated[ScreenKind, Form()]


@dataclass(frozen=True, slots=True)
class ScreenNow:
    """A screen, on how many machines it is open in all processes, and what it shows in our words."""

    screen: Screen
    connected: int
    shows: str


@router.get("/e/{slug}/setup/screens")
async def screens_page(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await _page(context, event, saved=bool(request.query_params.get("saved")))


@router.get("/e/{slug}/setup/screens/now")
async def screens_now(slug: str, request: Request, context: InContext) -> Response:
    """Asked for every few seconds."""
    event, _ = await own_event(slug, request, context)
    found = await context.backchannel.ask(_found, event.id)
    return context.page("setup_screens_now.html", {"event": event, **await _now(context, event, *found)})


@router.post("/e/{slug}/setup/screens")
async def make_screen(
    slug: str,
    request: Request,
    context: InContext,
    label: Text = "",
    room: RoomId = 0,
    may_show: Shows = ScreenKind.EVERYTHING,
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Make a screen's link, and show it this once. A form that comes twice makes one."""
    event, by = await own_event(slug, request, context)
    hung: dict[str, Any] = {"label": label, "key": key, "room_id": room or None, "may_show": may_show}
    try:
        link = await link_of_form(context, event, Role.SCREEN, by=by, **hung)
    except Refused as error:
        return await _page(context, event, status=422, wrong=error.sentence)
    return await _page(context, event, fresh=shown_once(context, request, event, link))


@router.post("/e/{slug}/setup/screens/remote")
async def make_remote(
    slug: str,
    request: Request,
    context: InContext,
    label: Text = "",
    room: RoomId = 0,
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """A moderator's link that opens the remote of a room, for the phone of whoever is in the chair."""
    event, by = await own_event(slug, request, context)
    several = await context.backchannel.ask(rooms, event.id)
    here = next((one for one in several if one.id == room), None)
    try:
        link = await link_of_form(context, event, Role.MODERATOR, by=by, label=label, key=f"remote {key}")
    except Refused as error:
        return await _page(context, event, status=422, wrong=error.sentence)
    page = f"/r/{here.key}/remote" if here else "/remote"
    return await _page(context, event, fresh=shown_once(context, request, event, link, page))


@router.post("/e/{slug}/setup/screens/programme")
async def let_run(
    slug: str,
    request: Request,
    context: InContext,
    runs: Annotated[bool, Form()] = False,
    quiet: Annotated[bool, Form()] = False,
    minutes: Annotated[int, Form(le=LARGEST_ID)] = 10,
) -> Response:
    """Whether the programme runs the walls, and how."""
    event, by = await own_event(slug, request, context)
    chosen: dict[str, Any] = {"runs": runs, "quiet_talks": quiet, "question_minutes": minutes}
    try:
        await context.backchannel.do(let_programme_run, event.id, by=by, at=context.now(), **chosen)
    except Refused as error:
        return await _page(context, event, status=422, wrong=error.sentence)
    return RedirectResponse(f"/e/{event.slug}/setup/screens?saved=programme", 303)


@router.post("/e/{slug}/setup/screens/{access_id}")
async def change_screen(
    slug: str,
    access_id: Number,
    request: Request,
    context: InContext,
    label: Text = "",
    room: RoomId = 0,
    may_show: Shows = ScreenKind.EVERYTHING,
    showing: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Another name, room, kind or scene; the screen itself follows at once."""
    event, by = await own_event(slug, request, context)
    own = read_showing(showing) if showing in OWN_SCENES else None
    hung: dict[str, Any] = {"name": label, "room_id": room or None, "may_show": may_show, "showing": own}
    try:
        await context.backchannel.do(hang_screen, event.id, access_id, by=by, at=context.now(), **hung)
    except Refused as error:
        return await _page(context, event, status=422, wrong=error.sentence)
    return RedirectResponse(f"/e/{event.slug}/setup/screens?saved=screens#screens", 303)


async def _page(
    context: Context,
    event: Event,
    *,
    status: int = 200,
    wrong: str = "",
    saved: bool = False,
    fresh: dict[str, object] | None = None,
) -> Response:
    found = await context.backchannel.ask(_found, event.id)
    values = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "wrong": wrong,
        "saved": saved,
        "fresh": fresh,
        "key": secrets.token_urlsafe(16),
        "screens": found[0],
        **await _now(context, event, *found),
    }
    return context.page("setup_screens.html", values, status)


def _found(db: Session, event_id: int) -> tuple[list[Screen], list[Room], dict[int, str]]:
    event = db.get_one(Event, event_id)
    found = screens(db, event)
    return found, rooms(db, event_id), {one.id: _shown(db, event, one) for one in found}


def _shown(db: Session, event: Event, screen: Screen) -> str:
    if event.wall_state is not WallState.LIVE:
        return words.WALL[event.wall_state]
    if screen.access.may_show in OVERLAYS:
        return SCREEN_KINDS[screen.access.may_show]
    return SCENES[on_screen(db, event, screen).scene]


async def _now(
    context: Context, event: Event, found: list[Screen], several: list[Room], shown: dict[int, str]
) -> dict[str, Any]:
    connected: Counter[int] = Counter()
    for key, number in (await context.bus.present()).items():
        of_event, _, followed_as = key.partition("/")
        if of_event == str(event.id) and (screen := screen_of(followed_as)):
            connected[screen] += number
    states = [ScreenNow(screen, connected[screen.id], shown[screen.id]) for screen in found]
    return {"states": states, "rooms": several, "kinds": SCREEN_KINDS, "own_scenes": OWN_SCENES}
