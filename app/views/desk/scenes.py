"""What the walls show, from the desk: scenes, a spotlight, a countdown, announcements. One press, and undone by one."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response
from sqlmodel import Session

from app.actions.events import Refused
from app.domain.access import Role
from app.domain.event import Event
from app.domain.scene import PROGRAMME, Announcement, Scene, Showing, read_showing
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries import scenes
from app.queries.programme import talk_now, talks_to_come
from app.views.context import Context, InContext, answer
from app.views.desk.verdicts import asked_by
from app.views.line_breaks import Typed
from app.views.opening import room_of_page
from app.views.pages_and_api.scenes import announce_on_walls, show_on_walls, take_announcement_down
from app.views.pages_and_api.undo import take_back, take_back_what_holds
from app.views.parts import Single
from app.views.row_ids import Number
from app.views.wall.scenes import CHANGE_SCENES, concerns_scene

router = APIRouter()

LONGEST_MINUTES = 24 * 60
Minutes = Annotated[int, Form(ge=1, le=LONGEST_MINUTES)]


@dataclass(frozen=True, slots=True)
class SceneRow:
    """What the walls of a room show, or of all, what else they could, and what is announced."""

    scene: Scene
    showing: str
    """What was chosen here."""
    elsewhere: bool
    """Nothing was, but something for all rooms."""
    announcement: Announcement | None
    now: Talk | None
    following: Talk | None
    has_sponsors: bool


def scene_row() -> Single:
    def load(db: Session, event: Event, room_id: int | None = None) -> SceneRow:
        showing = scenes.own_showing(db, event, room_id)
        return SceneRow(
            scenes.on_wall(db, event, room_id).scene,
            showing,
            showing == PROGRAMME and event.showing != PROGRAMME,
            scenes.announced_now(db, event),
            talk_now(db, event, room_id),
            next(iter(talks_to_come(db, event, 1, room_id)), None),
            bool(scenes.sponsors(db, event)),
        )

    subjects = CHANGE_SCENES | {Subject.POST, Subject.AUTHOR}
    return Single(
        "scenes",
        "parts/desk_scenes.html",
        "scenes",
        subjects,
        load,
        concerns=concerns_scene,
        in_room=lambda room_id: partial(load, room_id=room_id),
    )


@router.post("/e/{slug}/scene/{kept}")
async def show(
    slug: str, kept: str, request: Request, context: InContext, minutes: Minutes = 10, everywhere: bool = False
) -> Response:
    """Show a scene, written as it is kept: `join`, `feed:one`, `programme`; a bare countdown runs for some minutes.

    In the room whose desk this is, or `everywhere`: where no room has its own.
    """
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    until = (context.now() + timedelta(minutes=minutes)).replace(microsecond=0)
    showing = Showing(Scene.COUNTDOWN, until=until) if kept == Scene.COUNTDOWN else read_showing(kept)
    if showing is None and kept != PROGRAMME:
        raise HTTPException(404, "There is no such scene.")
    room = None if everywhere else await room_of_page(request, context, event)
    try:
        done = await show_on_walls(context, event.id, showing, by=by, room_id=room)
    except Refused as error:
        return answer(request, context, error.sentence, status=409, back=f"/e/{slug}/desk")
    said = Sentence("The programme decides what the wall shows.") if showing is None else Sentence("On the wall.")
    after = str(showing) if showing is not None else PROGRAMME
    undo = f"/e/{slug}/scene/{quote(after, safe='')}{'?everywhere=1' if everywhere else ''}" if done else ""
    return answer(request, context, said, back=f"/e/{slug}/desk", undo=undo, scene=after)


@router.delete("/e/{slug}/scene/{kept}")
async def undo_show(slug: str, kept: str, request: Request, context: InContext, everywhere: bool = False) -> Response:
    """Back to the scene that stood before."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    about = (Subject.SCENE, event.id) if everywhere else await _place(request, context, event)
    done = await take_back(context, event.id, *about, kept, by=by)
    return _taken_back(request, context, done is not None, f"/e/{slug}/desk")


@router.post("/posts/{post_id}/spotlight")
async def spotlight(post_id: Number, request: Request, context: InContext) -> Response:
    """Show one approved post alone and whole."""
    _, event, by = await asked_by(post_id, request, context)
    wanted = Showing(Scene.SPOTLIGHT, post_id=post_id)
    back = f"/e/{event.slug}/desk"
    room = await room_of_page(request, context, event)
    try:
        done = await show_on_walls(context, event.id, wanted, by=by, room_id=room)
    except Refused as error:
        return answer(request, context, error.sentence, status=409, back=back, post_id=post_id)
    undo = f"/posts/{post_id}/spotlight" if done else ""
    return answer(request, context, "In the spotlight.", back=back, undo=undo, post_id=post_id)


@router.delete("/posts/{post_id}/spotlight")
async def undo_spotlight(post_id: Number, request: Request, context: InContext) -> Response:
    _, event, by = await asked_by(post_id, request, context)
    kept = str(Showing(Scene.SPOTLIGHT, post_id=post_id))
    about = await _place(request, context, event)
    done = await take_back(context, event.id, *about, kept, by=by)
    return _taken_back(request, context, done is not None, f"/e/{event.slug}/desk")


@router.post("/e/{slug}/announcement")
async def announce_it(
    slug: str,
    request: Request,
    context: InContext,
    text: Annotated[Typed, Form(max_length=2_000)] = "",
    minutes: Minutes = 10,
    whole: Annotated[bool, Form()] = False,
) -> Response:
    """Words of the desk on every wall, for some minutes: below any scene, or on the whole wall."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    until = context.now() + timedelta(minutes=minutes)
    try:
        await announce_on_walls(context, event.id, text, until=until, whole=whole, by=by)
    except Refused as error:
        return answer(request, context, error.sentence, status=422, back=f"/e/{slug}/desk")
    return answer(request, context, "Announced.", back=f"/e/{slug}/desk", undo=f"/e/{slug}/announcement")


@router.delete("/e/{slug}/announcement")
async def undo_announcement(slug: str, request: Request, context: InContext) -> Response:
    """What was announced last is taken back, or what was ended: what stood before stands again."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    about = (Subject.ANNOUNCEMENT, event.id)
    done = await take_back_what_holds(context, event.id, *about, by=by)
    return _taken_back(request, context, done is not None, f"/e/{slug}/desk")


@router.post("/e/{slug}/announcement/end")
async def end_it(slug: str, request: Request, context: InContext) -> Response:
    """Take down what is announced."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    done = await take_announcement_down(context, event.id, by=by)
    said = Sentence("The announcement is down.") if done else Sentence("Nothing is announced.")
    undo = f"/e/{slug}/announcement" if done else ""
    return answer(request, context, said, back=f"/e/{slug}/desk", undo=undo)


async def _place(request: Request, context: Context, event: Event) -> tuple[Subject, int]:
    """What has the scene of the desk that a form was sent from: its room, or the event."""
    room = await room_of_page(request, context, event)
    return (Subject.ROOM_SCENE, room) if room is not None else (Subject.SCENE, event.id)


def _taken_back(request: Request, context: Context, done: bool, back: str) -> Response:
    said = Sentence("The wall shows what it showed before.") if done else Sentence("There is nothing to bring back.")
    return answer(request, context, said, status=200 if done else 409, back=back)
