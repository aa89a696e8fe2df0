"""The remote: one thumb runs the wall of a room: scene, spotlight, next question, announcement, blank."""

from datetime import timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from app.actions.events import Refused
from app.actions.taps_on_walls import announce_by_tap
from app.domain.access import Role
from app.domain.event import Event
from app.domain.scene import LONGEST_ANNOUNCEMENT, PROGRAMME, read_showing
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.remote import on_remote, on_remote_stage
from app.queries.scenes import announced_now
from app.views.context import Context, InContext, answer
from app.views.line_breaks import Typed
from app.views.listings import Addresses, frame, shown_posts
from app.views.opening import open_view, room_of_page
from app.views.pages_and_api.scenes import announce_on_walls, show_on_walls, take_announcement_down
from app.views.parts import Single
from app.views.row_ids import LARGEST_ID
from app.views.stage.backstage import from_the_desk
from app.views.taps import settled, tap_of
from app.views.view import View
from app.views.wall.scenes import CHANGE_SCENES

router = APIRouter()

SPOTLIT_FROM = 8
"""So many of the newest posts can be put into the spotlight with a thumb."""
MINUTES = (2, 5, 15, 60)
"""For which an announcement stands."""


def remote(addresses: Addresses) -> View:
    return View(
        name="remote",
        template="remote.html",
        role=Role.MODERATOR,
        parts=(
            frame(addresses, "parts/remote_frame.html"),
            from_the_desk(),
            _scene("scene"),
            _scene("back"),
            _stage(),
            shown_posts(SPOTLIT_FROM, "parts/remote_post.html"),
        ),
        more=lambda _db, _event: {"minutes": MINUTES, "longest": LONGEST_ANNOUNCEMENT},
    )


def _scene(part_id: str) -> Single:
    """The scenes there are, and the way back from them."""
    return Single(
        part_id,
        f"parts/remote_{part_id}.html",
        part_id,
        CHANGE_SCENES,
        on_remote,
        in_room=lambda room_id: partial(on_remote, room_id=room_id),
    )


def _stage() -> Single:
    return Single(
        "onstage",
        "parts/remote_onstage.html",
        "onstage",
        frozenset({Subject.QUESTION, Subject.AUTHOR, Subject.TALK}),
        on_remote_stage,
        in_room=lambda room_id: partial(on_remote_stage, room_id=room_id),
    )


@router.get("/e/{slug}/r/{room}/remote")
@router.get("/e/{slug}/remote")
async def remote_page(slug: str, request: Request, context: InContext, room: str = "") -> Response:
    return await open_view(request, context, "remote", slug, room=room)


@router.post("/e/{slug}/remote/scene")
async def change_scene(
    slug: str,
    request: Request,
    context: InContext,
    scene: Annotated[str, Form(max_length=64)] = PROGRAMME,
    room: Annotated[int | None, Form(ge=0, le=LARGEST_ID)] = None,
) -> Response:
    """Show a scene, written as it is kept, on the walls of a room, or with 0 of all.

    A tap says of which room it is: it may be sent later, from another page.
    """
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    showing = read_showing(scene)
    if showing is None and scene != PROGRAMME:
        raise HTTPException(404, "There is no such scene.")
    room_id = await room_of_page(request, context, event) if room is None else room or None
    back = f"/e/{slug}/remote"
    try:
        await show_on_walls(context, event.id, showing, by=by, room_id=room_id, tap=tap_of(request))
    except Refused as refused:
        return answer(request, context, refused.sentence, status=409, back=back)
    said = Sentence("The wall shows it.") if showing else Sentence("The programme decides again.")
    return answer(request, context, said, back=back)


@router.post("/e/{slug}/remote/announcement")
async def announce(
    slug: str,
    request: Request,
    context: InContext,
    text: Annotated[Typed, Form(max_length=1_000)] = "",
    minutes: Annotated[int, Form(ge=0, le=MINUTES[-1])] = 0,
) -> Response:
    """Announce something on every wall for some minutes; none ends what is announced. Twice the same is once."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    back, tap, lasts = f"/e/{slug}/remote", tap_of(request), timedelta(minutes=minutes)
    if not minutes:
        await take_announcement_down(context, event.id, by=by, tap=tap)
        return answer(request, context, Sentence("Nothing is announced."), back=back)
    try:
        if tap:
            await settled(context, announce_by_tap, event.id, tap, text, by=by, before=None, words=text, lasts=lasts)
        elif not await _is_said(context, event, text):
            until = context.now() + lasts
            await announce_on_walls(context, event.id, text, until=until, whole=False, by=by)
    except Refused as refused:
        return answer(request, context, refused.sentence, status=409, back=back)
    return answer(request, context, Sentence("It is announced."), back=back)


async def _is_said(context: Context, event: Event, text: str) -> bool:
    announced = await context.backchannel.ask(announced_now, event)
    return announced is not None and announced.text == " ".join(text.split())
