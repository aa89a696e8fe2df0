"""For programs: the register of what people ask to have taken away, and what comes of it."""

from typing import Literal

from fastapi import APIRouter, HTTPException
from pydantic import AwareDatetime, BaseModel, Field

from app.actions.events import Refused
from app.domain.access import Role
from app.domain.stored_json import Text
from app.domain.takedown import LONGEST_QUOTED, Takedown, TakedownState
from app.queries.takedowns import takedowns
from app.views.api.asked import Asked
from app.views.api.token import Token, token_holder
from app.views.context import Context, InContext
from app.views.pages_and_api.takedowns import settle
from app.views.row_ids import Number

router = APIRouter(prefix="/api/v1", tags=["keep and forget"])


class TakedownLine(BaseModel):
    """One request."""

    id: int
    state: TakedownState
    post_id: int | None = Field(description="The post that was meant, if it is one of ours and still there.")
    link: str
    words: str
    why: str
    contact: str
    answer: str = Field(description="Why it was refused.")
    by: str = Field(description="Who dealt with it last.")
    at: AwareDatetime
    due_at: AwareDatetime = Field(description="Until when a post must have gone, or a complaint be acknowledged.")
    late: bool
    acknowledged_at: AwareDatetime | None
    settled_at: AwareDatetime | None


class TakedownAct(Asked):
    """What is done with a request: `acknowledged`, `done` (its post leaves every screen), `refused`, `reopened`."""

    state: Literal["acknowledged", "done", "refused", "reopened"]
    why: Text = Field(default="", max_length=LONGEST_QUOTED, description="Why it is refused.")


@router.get("/takedowns")
async def list_takedowns(token: Token, context: InContext) -> list[TakedownLine]:
    """What waits first, by when it is due; then what was settled."""
    event, _ = await token_holder(token, context, Role.OWNER)
    found = await context.backchannel.ask(takedowns, event.id)
    return [_line(context, one.takedown, there=one.post is not None) for one in found]


@router.put("/takedowns/{number}/state")
async def settle_takedown(number: Number, wanted: TakedownAct, token: Token, context: InContext) -> TakedownLine:
    """Do it, as in the register of setup. 422 for a refusal without a reason, and for what is settled already."""
    event, by = await token_holder(token, context, Role.OWNER)
    try:
        done = await settle(context, event, number, wanted.state, why=wanted.why, by=by)
    except Refused as error:
        raise HTTPException(422, error.sentence) from None
    return _line(context, done, there=done.post_id is not None)


def _line(context: Context, one: Takedown, *, there: bool) -> TakedownLine:
    return TakedownLine(
        id=one.id,
        state=one.state,
        post_id=one.post_id if there else None,
        link=one.link,
        words=one.words,
        why=one.why,
        contact=one.contact,
        answer=one.answer,
        by=one.by,
        at=one.at,
        due_at=one.due_at,
        late=one.is_late(context.now()),
        acknowledged_at=one.acknowledged_at,
        settled_at=one.settled_at,
    )
