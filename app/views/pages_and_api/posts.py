"""What is done to one post beside a verdict: its covered words, its delay, the name on it."""

from fastapi import HTTPException

from app.actions.author_renames import take_new_name
from app.actions.delays import stop_delay
from app.actions.events import Refused
from app.actions.reveals import reveal
from app.actions.suggestions import suggest_words
from app.domain.decision import Actor, Decision
from app.domain.post import Post
from app.queries.desk import desk_cards
from app.queries.desk_card import DeskCard
from app.views.context import Context


async def uncover(context: Context, post_id: int, *, by: Actor) -> DeskCard:
    """All that is covered, for whoever asks only; it is written down that they did."""
    await context.backchannel.do(reveal, post_id, by=by, at=context.now())
    return (await context.backchannel.ask(desk_cards, [post_id]))[post_id]


async def keep_waiting(context: Context, post_id: int, *, by: Actor) -> bool:
    """Keep it from showing itself. False if it does not, or was decided."""
    return await context.backchannel.do(stop_delay, post_id, by=by, at=context.now())


async def ask_to_shorten(context: Context, post_id: int, text: str, *, by: Actor) -> Post:
    """Ask its author for shorter words. Raises 409 if that cannot be asked of them."""
    try:
        return await context.backchannel.do(suggest_words, post_id, text, by=by, at=context.now())
    except Refused as refused:
        raise HTTPException(409, refused.sentence) from None


async def sign_anew(context: Context, post_id: int, *, by: Actor, seen: str) -> Decision:
    """Sign it with what its author goes by now, if that is what was seen. Raises NotTaken."""
    return await context.backchannel.do(take_new_name, post_id, by=by, at=context.now(), seen=seen)
