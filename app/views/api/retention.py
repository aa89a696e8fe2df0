"""For programs: how long what is kept."""

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from app.domain.access import Role
from app.domain.event import Event
from app.domain.retention import LONGEST_KEPT, BadRetention, Retention
from app.domain.sentence import Sentence
from app.domain.stored_json import Text
from app.views.api.token import Token, token_holder
from app.views.context import Context, InContext
from app.views.pages_and_api.retention import keep_so_long, usual_days

router = APIRouter(prefix="/api/v1", tags=["keep and forget"])


class RetentionState(BaseModel):
    """Days after the end of the event; 0 keeps it until the event is deleted."""

    model_config = ConfigDict(strict=True, extra="forbid")

    nothing_goes: bool = Field(default=False, description="Everything is kept until the event is deleted.")
    networks: dict[Text, int] = Field(default={}, description="Posts of each network.")
    floor: int = Field(default=365, ge=0, le=LONGEST_KEPT, description="What was sent from phones.")
    devices: int = Field(default=30, ge=0, le=LONGEST_KEPT, description="Which phone it was.")
    guests: int = Field(default=30, ge=0, le=LONGEST_KEPT, description="Who came to a meet.")
    notes: int = Field(default=90, ge=0, le=LONGEST_KEPT, description="Earlier versions of the notes of a meet.")
    addresses: int = Field(default=30, ge=0, le=LONGEST_KEPT, description="To whom links were mailed.")
    log: int = Field(default=730, ge=0, le=LONGEST_KEPT, description="The words in the log of decisions.")
    contacts: int = Field(default=180, ge=0, le=LONGEST_KEPT, description="Contacts of settled requests.")


@router.get("/retention")
async def get_retention(token: Token, context: InContext) -> RetentionState:
    """How long what is kept."""
    event, _ = await token_holder(token, context, Role.OWNER)
    return _state(context, event)


@router.put("/retention")
async def put_retention(wanted: RetentionState, token: Token, context: InContext) -> RetentionState:
    """From now on it is kept so long. Nothing goes while the event is open, but what a meet has of its guests."""
    event, by = await token_holder(token, context, Role.OWNER)
    if unknown := sorted(wanted.networks.keys() - set(usual_days(context))):
        raise HTTPException(422, Sentence("“%(typed)s” is no source.", typed=unknown[0][:40]))
    try:
        event = await keep_so_long(context, event, Retention.from_json(wanted.model_dump()), by=by)
    except BadRetention as error:
        raise HTTPException(422, error.sentence) from None
    return _state(context, event)


def _state(context: Context, event: Event) -> RetentionState:
    return RetentionState(**Retention.from_json(event.retention).with_usual(usual_days(context)).as_json())
