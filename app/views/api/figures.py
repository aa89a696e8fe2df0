"""For programs: how the desk is doing."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.domain.access import Role
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api.figures import latest

router = APIRouter(prefix="/api/v1", tags=["watch"])


class RuleState(BaseModel):
    """How often people agreed with a rule."""

    code: str
    decided: int = Field(description="Posts with this signal that people decided.")
    confirmed: int = Field(description="Those of them that they rejected.")
    rarely_right: bool


class PaceState(BaseModel):
    """How quick decisions were."""

    median_seconds: float | None
    p95_seconds: float | None
    decisions: int


class FiguresState(BaseModel):
    """How the desk is doing. Times in seconds, null where nothing was decided yet."""

    waiting: int
    oldest_waiting: datetime | None
    at_the_desk: list[str]
    median_seconds: float | None = Field(description="From arrival to a person's verdict.")
    p95_seconds: float | None
    decisions: int
    last_hour: PaceState
    per_moderator_minute: float = Field(description="Decisions within the last ten minutes.")
    held_share: float = Field(description="Share of the newest posts with a doubt.")
    taken_down: int = Field(description="Shown, and rejected by a person afterwards.")
    reveals: int
    rules: list[RuleState]


@router.get("/figures")
async def get_figures(token: Token, context: InContext) -> FiguresState:
    """What waits, how quick the desk is, and which rules are right; at most five seconds old."""
    event, _ = await token_holder(token, context, Role.MODERATOR)
    found = await latest(context, event.id)
    return FiguresState(
        waiting=found.waiting,
        oldest_waiting=found.oldest,
        at_the_desk=list(found.at_the_desk),
        median_seconds=found.overall.median,
        p95_seconds=found.overall.p95,
        decisions=found.overall.decisions,
        last_hour=PaceState(
            median_seconds=found.last_hour.median,
            p95_seconds=found.last_hour.p95,
            decisions=found.last_hour.decisions,
        ),
        per_moderator_minute=found.per_moderator_minute,
        held_share=found.doubtful_share,
        taken_down=found.taken_down,
        reveals=found.reveals,
        rules=[
            RuleState(code=rule.code, decided=rule.decided, confirmed=rule.confirmed, rarely_right=rule.is_rarely_right)
            for rule in found.rules
        ],
    )
