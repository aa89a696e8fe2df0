"""For programs: what the walls show, and what is announced on them."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.actions.events import Refused
from app.domain.access import Role
from app.domain.event import Event
from app.domain.scene import LONGEST_ANNOUNCEMENT, CountsTo, Layout, Scene, Showing
from app.queries.scenes import announced_now, choice, on_wall
from app.views.api.asked import Asked, WrittenTime
from app.views.api.rooms import NO_ROOM, RoomKey, room_asked
from app.views.api.token import Token, token_holder
from app.views.context import Context, InContext
from app.views.pages_and_api.scenes import announce_on_walls, show_on_walls, take_announcement_down
from app.views.row_ids import LARGEST_ID

router = APIRouter(prefix="/api/v1/event", tags=["event"])

REFUSED: dict[int | str, dict[str, Any]] = {409: {"description": "It has nothing to show."}}


class AnnouncementState(BaseModel):
    """What is announced now."""

    text: str
    whole: bool = Field(description="On the whole wall; else as a band below any scene.")
    until: datetime


class SceneState(BaseModel):
    """What the walls show now, and what was chosen for them."""

    scene: Scene = Field(description="The scene in force: what was chosen, as far as there is something to show.")
    chosen: Scene | None = Field(description="What somebody chose; null while the programme decides.")
    layout: Layout = Field(description="Of a feed.")
    post_id: int | None = Field(description="Of a spotlight.")
    until: datetime | None = Field(description="When a countdown ends.")
    announcement: AnnouncementState | None


class SceneWanted(Asked):
    """A scene with what belongs to it; without one, the programme decides again."""

    scene: Scene | None = Field(description="Null: back to what the programme says.")
    layout: Layout = Field(default=Layout.COLUMNS, description="Of a feed.")
    post_id: int = Field(default=0, ge=0, le=LARGEST_ID, description="Of a spotlight: an approved post.")
    counts_to: CountsTo = Field(default=CountsTo.TIME, description="Of a countdown: a time, or a talk.")
    until: WrittenTime | None = Field(default=None, description="Of a countdown to a time, within a day.")
    talk_id: int = Field(default=0, ge=0, le=LARGEST_ID, description="Of a countdown to when a talk starts or ends.")


class AnnouncementWanted(Asked):
    """Words of the desk for the hall."""

    text: str = Field(max_length=LONGEST_ANNOUNCEMENT)
    until: WrittenTime = Field(description="When it leaves by itself, within a day.")
    whole: bool = Field(default=False, description="On the whole wall; else as a band below any scene.")


@router.get("/scene", responses=NO_ROOM)
async def scene_state(token: Token, context: InContext, room: RoomKey = "") -> SceneState:
    """What the walls of the event show, or those of one room."""
    event, _ = await token_holder(token, context, Role.SCREEN)
    return await _state(context, event.id, await room_asked(context, event, room))


@router.put("/scene", responses={**REFUSED, **NO_ROOM})
async def put_scene(wanted: SceneWanted, token: Token, context: InContext, room: RoomKey = "") -> SceneState:
    """Show a scene on every wall of the event, or of one room: that goes before the event's."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    room_id = await room_asked(context, event, room)
    showing = None
    if wanted.scene is not None:
        until = wanted.until.replace(microsecond=0) if wanted.until else None
        showing = Showing(
            wanted.scene,
            layout=wanted.layout,
            post_id=wanted.post_id,
            counts_to=wanted.counts_to,
            talk_id=wanted.talk_id,
            until=until,
        )
    try:
        await show_on_walls(context, event.id, showing, by=by, room_id=room_id)
    except Refused as error:
        raise HTTPException(409, error.sentence) from None
    return await _state(context, event.id, room_id)


@router.put("/announcement")
async def put_announcement(wanted: AnnouncementWanted, token: Token, context: InContext) -> SceneState:
    """Announce something on every wall of the event, in place of what is announced."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    try:
        await announce_on_walls(context, event.id, wanted.text, until=wanted.until, whole=wanted.whole, by=by)
    except Refused as error:
        raise HTTPException(422, error.sentence) from None
    return await _state(context, event.id)


@router.delete("/announcement")
async def delete_announcement(token: Token, context: InContext) -> SceneState:
    """Take down what is announced, if anything is."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    await take_announcement_down(context, event.id, by=by)
    return await _state(context, event.id)


async def _state(context: Context, event_id: int, room_id: int | None = None) -> SceneState:
    return await context.backchannel.ask(_read, event_id, room_id)


def _read(db: Session, event_id: int, room_id: int | None) -> SceneState:
    event = db.get_one(Event, event_id)
    on, said = on_wall(db, event, room_id), announced_now(db, event)
    chosen, by_hand = choice(db, event, room_id)
    return SceneState(
        scene=on.scene,
        chosen=chosen.scene if chosen and by_hand else None,
        layout=on.chosen.layout,
        post_id=on.chosen.post_id or None,
        until=on.counting.until if on.counting else None,
        announcement=AnnouncementState(text=said.text, whole=said.whole, until=said.until) if said else None,
    )
