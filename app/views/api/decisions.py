"""For programs: the audit trail, undoing any of it, incidents."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import BaseModel, Field

from app.domain.access import Role
from app.domain.stored_json import Text
from app.files.decisions import row
from app.queries.decisions import PAGE, Sought, decision_by_id, entries
from app.views.api.asked import Asked, AskedTime
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api.incidents import packed
from app.views.pages_and_api.undo import cannot_undo, role_to_undo, undo_entry
from app.views.row_ids import LARGEST_ID, Number

router = APIRouter(prefix="/api/v1", tags=["watch"])


class DecisionState(BaseModel):
    """Who changed what, when and why."""

    id: int
    at: datetime
    by: str = Field(description="The name on the link; screening, delay or watch for what happened by itself.")
    subject: str
    subject_id: int
    before: str
    after: str
    reason: str
    detail: str = Field(description="What was changed in setup, in a sentence. Never a secret.")
    policy_version: int = Field(description="The version of the rules that was in force.")
    cause_id: int | None = Field(description="The decision that brought this one along.")
    undoes_id: int | None = Field(description="The decision that this one took back.")
    undone_by: int | None = Field(description="The decision that took this one back.")


PACK: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}},
    404: {"description": "There are no such posts."},
}


class PostsWanted(Asked):
    """Posts by their numbers, or all of an author."""

    posts: list[Annotated[int, Field(ge=1, le=LARGEST_ID)]] = Field(default=[], max_length=200)
    author: int = Field(default=0, ge=0, le=LARGEST_ID)


@router.get("/decisions")
async def list_decisions(
    token: Token,
    context: InContext,
    by: Annotated[Text, Query(max_length=200, description="Part of the name of who decided.")] = "",
    subject: Annotated[Text, Query(max_length=16, description="post, author, event, intake, policy, alarm, …")] = "",
    subject_id: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
    reason: Annotated[Text, Query(max_length=200, description="Part of the reason.")] = "",
    since: Annotated[AskedTime | None, Query(description="With its offset; a + in an address is %2B.")] = None,
    until: Annotated[AskedTime | None, Query(description="Only older ones than this moment.")] = None,
    machine: Annotated[bool, Query(description="Whether to list what screening ruled at arrival.")] = True,
    before: Annotated[int, Query(ge=0, le=LARGEST_ID, description="Only older ones than this decision.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = PAGE,
) -> list[DecisionState]:
    """The audit trail, newest first; no words of posts."""
    event, _ = await token_holder(token, context, Role.MODERATOR)
    sought = Sought(by, subject, subject_id, reason, since, until, machine)
    found = await context.backchannel.ask(entries, event.id, sought, before=before, limit=limit)
    return [DecisionState(**row(entry)) for entry in found]


@router.post("/decisions/{decision_id}/undoing", responses={409: {"description": "It was decided otherwise since."}})
async def undo_one(decision_id: Number, token: Token, context: InContext) -> dict[str, int]:
    """Undo any decision, whoever took it."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    decision = await context.backchannel.ask(decision_by_id, decision_id)
    if decision is None or decision.event_id != event.id:
        raise HTTPException(404, "There is no such decision.")
    await token_holder(token, context, role_to_undo(decision))
    if not await undo_entry(context, decision, by=by):
        raise HTTPException(409, cannot_undo(decision))
    return {"undone": decision_id}


@router.post("/incidents", response_class=Response, responses=PACK)
async def take_incident(wanted: PostsWanted, token: Token, context: InContext) -> Response:
    """Everything about some posts, or all of an author, as a ZIP. It is written down who took it."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    pack = await packed(context, event, wanted.posts, wanted.author, by)
    if pack is None:
        raise HTTPException(404, "There are no such posts.")
    return Response(pack, media_type="application/zip")
