"""For programs: the author of a post from the room is asked to shorten it."""

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from app.domain.access import Role
from app.domain.stored_json import Text
from app.queries.posts import post_by_id
from app.views.api.asked import Asked
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api.posts import ask_to_shorten
from app.views.row_ids import Number

router = APIRouter(prefix="/api/v1", tags=["desk"])


class WordsSuggested(Asked):
    text: Text = Field(max_length=2_000, description="Shorter words than those that are there.")


class SuggestionState(BaseModel):
    """Words that an author is asked to take; gone once they have decided."""

    post_id: int
    text: str


@router.put(
    "/posts/{post_id}/suggestion",
    responses={409: {"description": "It waits no more, or no phone sent it."}},
)
async def suggest(post_id: Number, wanted: WordsSuggested, token: Token, context: InContext) -> SuggestionState:
    """Ask the author of a post from the room for shorter words; never of a post from a network."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    post = await context.backchannel.ask(post_by_id, post_id)
    if post is None or post.event_id != event.id:
        raise HTTPException(404, "There is no such post.")
    suggested = await ask_to_shorten(context, post_id, wanted.text, by=by)
    return SuggestionState(post_id=post_id, text=suggested.suggested)
