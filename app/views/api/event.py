"""The JSON API under `/api/v1`, for programs: the event and its red buttons, the questions. Posts are in `posts`."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.domain.access import Role
from app.domain.event import WallState
from app.domain.policy import Intake
from app.domain.talk import Talk
from app.queries.posts import counts
from app.queries.rooms import rooms
from app.queries.seats import present
from app.views.api.asked import Asked
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api import red_buttons

router = APIRouter(prefix="/api/v1", tags=["event"])


class RoomState(BaseModel):
    """A room and what runs in it; there are none where the whole programme is in one."""

    key: str = Field(description="As in addresses: `/e/{slug}/r/{key}`.")
    name: str
    talk_id: int | None
    talk: str
    ends_at: datetime | None
    by_hand_until: datetime | None = Field(description="Until when it was begun or ended by hand; null by the clock.")


class EventNow(BaseModel):
    """How an event stands."""

    slug: str
    name: str
    language: str = Field(description="What its screens and its sentences speak: a language tag.")
    screen: WallState = Field(
        description="What the walls show: the feed (live), the feed as it stood (paused), or the holding slide (blank)."
    )
    intake: Intake = Field(description="What gets in without a person: by the rules, nothing, or trusted authors only.")
    waiting: int
    oldest_waiting: datetime | None = Field(description="When the post came in that waits longest.")
    at_the_desk: list[str] = Field(description="Who sits at a desk now.")
    alarm: str = Field(description="What is wrong at the desk: waiting, nobody, or nothing.")
    rooms: list[RoomState]


class WallStateWanted(Asked):
    screen: WallState


class IntakeWanted(Asked):
    intake: Intake


@router.get("/event")
async def event_state(token: Token, context: InContext) -> EventNow:
    """The event that the token is for."""
    event, _ = await token_holder(token, context, Role.SCREEN)
    found = await context.backchannel.ask(counts, event.id)
    seated = await context.backchannel.ask(present, event)
    return EventNow(
        slug=event.slug,
        name=event.name,
        language=event.language,
        screen=event.wall_state,
        intake=event.intake,
        waiting=found.held,
        oldest_waiting=found.oldest.received_at if found.oldest else None,
        at_the_desk=seated.names,
        alarm=event.alarm,
        rooms=await context.backchannel.ask(_rooms, event.id),
    )


def _rooms(db: Session, event_id: int) -> list[RoomState]:
    found = [(room, db.get(Talk, room.current_talk_id or 0)) for room in rooms(db, event_id)]
    return [
        RoomState(
            key=room.key,
            name=room.name,
            talk_id=talk.id if talk else None,
            talk=talk.title if talk else "",
            ends_at=talk.ends_at if talk else None,
            by_hand_until=room.by_hand_until,
        )
        for room, talk in found
    ]


@router.put("/event/screen")
async def show(wanted: WallStateWanted, token: Token, context: InContext) -> EventNow:
    """Show the feed, hold it still, or blank every wall of the event."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    await red_buttons.show(context, event, wanted.screen, by=by)
    return await event_state(token, context)


@router.put("/event/intake")
async def admit(wanted: IntakeWanted, token: Token, context: InContext) -> EventNow:
    """Hold everything, let only trusted authors in, or go by the rules again."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    await red_buttons.admit(context, event, wanted.intake, by=by)
    return await event_state(token, context)


@router.post("/event/clearing")
async def clear(token: Token, context: InContext) -> EventNow:
    """Empty the walls and start afresh; what was approved before stays approved, but is not shown any more."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    await red_buttons.start_afresh(context, event, by=by)
    return await event_state(token, context)
