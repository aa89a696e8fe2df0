"""For programs: the programme, and whether a talk may be shared."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.domain.access import Role
from app.domain.talk import Talk
from app.queries.programme import all_talks
from app.views.api.asked import Asked
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api.talks import mark
from app.views.row_ids import Number

router = APIRouter(prefix="/api/v1", tags=["event"])


class TalkState(BaseModel):
    """A talk of the programme."""

    id: int
    title: str
    room: str
    speakers: list[str]
    starts_at: datetime
    ends_at: datetime
    do_not_share: bool = Field(
        description="Nothing of it is to be passed on: no photos, and not in archives, exports and transcripts."
    )


class SharingWanted(Asked):
    do_not_share: bool


@router.get("/talks")
async def list_talks(token: Token, context: InContext) -> list[TalkState]:
    """The programme, in its order."""
    event, _ = await token_holder(token, context, Role.SCREEN)
    return [_state(talk) for talk in await context.backchannel.ask(all_talks, event.id)]


@router.put("/talks/{talk_id}/sharing")
async def mark_talk(talk_id: Number, wanted: SharingWanted, token: Token, context: InContext) -> TalkState:
    """Mark a talk as not to be shared, or take the mark off."""
    event, by = await token_holder(token, context, Role.OWNER)
    return _state(await mark(context, event, talk_id, shared=not wanted.do_not_share, by=by))


def _state(talk: Talk) -> TalkState:
    return TalkState(
        id=talk.id,
        title=talk.title,
        room=talk.room,
        speakers=talk.speakers,
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        do_not_share=talk.do_not_share,
    )
