"""For programs: when and how somebody is called to the desk."""

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from app.domain.access import Role
from app.domain.alarms import Alarms, BadAlarms, failures_in
from app.domain.stored_json import Text, Whole
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api.called_addresses import arrange_alarms

router = APIRouter(prefix="/api/v1", tags=["watch"])


class AlarmsState(BaseModel):
    """When and how somebody is called. Times in seconds."""

    model_config = ConfigDict(strict=True, extra="forbid")

    wait_seconds: Whole = Field(default=300, description="A post waits for so long.")
    nobody_seconds: Whole = Field(default=120, description="Something waits and nobody has been there for so long.")
    ntfy: Text = Field(default="", description="Address of an ntfy topic.")
    webhook: Text = Field(default="", description="A web address that is called.")
    email: list[Text] = Field(default=[], description="Up to five addresses.")
    failures: dict[str, str] = Field(default={}, description="Ways that failed at the last alarm, and why. Read only.")
    fallback: Text = Field(default="none", description="none, only_trusted, hold_all, pause or blank")


@router.get("/alarms")
async def get_alarms(token: Token, context: InContext) -> AlarmsState:
    """When and how somebody is called to the desk."""
    event, _ = await token_holder(token, context, Role.OWNER)
    return AlarmsState(**Alarms.from_json(event.alarms).as_json(), failures=failures_in(event.alarms))


@router.put("/alarms")
async def put_alarms(wanted: AlarmsState, token: Token, context: InContext) -> AlarmsState:
    """From now on this is when and how."""
    event, by = await token_holder(token, context, Role.OWNER)
    alarms = Alarms.from_json(wanted.model_dump())
    try:
        await arrange_alarms(context, event, alarms, by=by)
    except BadAlarms as error:
        raise HTTPException(422, str(error)) from None
    return AlarmsState(**alarms.as_json())
