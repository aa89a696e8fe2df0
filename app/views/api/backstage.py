"""For programs: a few words from the desk to the stage, and whether they were read there; never for an audience."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.domain.access import Role
from app.domain.backstage import LONGEST_WORD, MOST_MINUTES_LEFT, BackstageWord
from app.domain.stored_json import Text
from app.queries.backstage import told
from app.views.api.asked import Asked
from app.views.api.rooms import NO_ROOM, RoomKey, room_asked
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api.backstage import propose, saw, tell
from app.views.row_ids import Number

router = APIRouter(prefix="/api/v1", tags=["event"])

NOTHING: dict[int | str, dict[str, Any]] = {409: {"description": "It has no words, or no talk runs that could end."}}


class Word(BaseModel):
    """What the desk told the stage."""

    id: int
    text: str
    by: str
    at: datetime
    until: datetime | None = Field(description="When the talk is to end, once it was seen; null for mere words.")
    seen_at: datetime | None = Field(description="When somebody there said that they have read it; null until then.")


class Told(Asked):
    """Words, or minutes."""

    text: Text = Field(default="", max_length=LONGEST_WORD, description="A few words: they are read at a glance.")
    minutes: int = Field(
        default=0,
        ge=0,
        le=MOST_MINUTES_LEFT,
        description="So many are left of the talk that runs, for both once it is seen.",
    )


@router.get("/backstage", responses=NO_ROOM)
async def list_words(token: Token, context: InContext, room: RoomKey = "") -> list[Word]:
    """The last few, newest first; of a room those for it, and those for all."""
    event, _ = await token_holder(token, context, Role.SPEAKER)
    words = await context.backchannel.ask(told, event, await room_asked(context, event, room))
    return [_word(one) for one in words]


@router.post("/backstage", status_code=201, responses={**NO_ROOM, **NOTHING})
async def tell_the_stage(said: Told, token: Token, context: InContext, room: RoomKey = "") -> Word:
    """Put a few words on the stage's tablets and the remotes, of one room or of all."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    room_id = await room_asked(context, event, room)
    if said.minutes:
        return _word(await propose(context, event, said.minutes, room_id=room_id, by=by))
    return _word(await tell(context, event, said.text, room_id=room_id, by=by))


@router.put("/backstage/{word_id}/seen", status_code=204)
async def seen(word_id: Number, token: Token, context: InContext) -> None:
    """Say that it was read; the desk is told."""
    event, by = await token_holder(token, context, Role.SPEAKER)
    await saw(context, event, word_id, by=by)


def _word(one: BackstageWord) -> Word:
    return Word(id=one.id, text=one.text, by=one.by, at=one.at, until=one.until, seen_at=one.seen_at)
