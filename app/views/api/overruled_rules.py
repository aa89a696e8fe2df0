"""For programs: rules that people overrule again and again, and what is made of them."""

from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from app.actions.events import Refused
from app.domain.access import Role
from app.domain.verdict import Level
from app.views.api.rules import RulesState, get_policy
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api.overruled_rules import decide_about_rule, overruled

router = APIRouter(prefix="/api/v1", tags=["rules"])
NONE: dict[int | str, dict[str, Any]] = {409: {"description": "Nothing is suggested about this rule any more."}}


class OverruledState(BaseModel):
    category: str
    overruled: int = Field(description="So many posts that it doubted were shown nevertheless.")
    of: int = Field(description="Of so many that somebody decided about.")
    level: Level = Field(description="What easing it would make of it.")


@router.get("/policy/overruled")
async def list_overruled(token: Token, context: InContext) -> list[OverruledState]:
    """Rules that nearly always were overruled. Nothing follows from it by itself."""
    event, _ = await token_holder(token, context, Role.MODERATOR)
    found = await overruled(context, event)
    return [OverruledState(category=one.category, overruled=one.overruled, of=one.of, level=one.level) for one in found]


@router.post("/policy/overruled/{category}/easing", responses=NONE)
async def ease_rule(category: str, token: Token, context: InContext) -> RulesState:
    """Let it say less, as a new version of the rules."""
    await _decide(category, "easing", token, context)
    return await get_policy(token, context)


@router.delete("/policy/overruled/{category}/easing", responses=NONE)
async def take_back_easing(category: str, token: Token, context: InContext) -> RulesState:
    """The rules as they were before, if nobody has changed them since."""
    await _decide(category, "taking_back", token, context)
    return await get_policy(token, context)


@router.post("/policy/overruled/{category}/keeping", responses=NONE)
async def keep_rule(category: str, token: Token, context: InContext) -> list[OverruledState]:
    """Leave it as it is: what was decided so far is no reason any more. Gives those that are left."""
    await _decide(category, "keeping", token, context)
    return await list_overruled(token, context)


async def _decide(category: str, act: str, token: Token, context: InContext) -> None:
    event, by = await token_holder(token, context, Role.OWNER)
    try:
        await decide_about_rule(context, event, category, act, by=by)
    except Refused as error:
        raise HTTPException(409, error.sentence) from None
