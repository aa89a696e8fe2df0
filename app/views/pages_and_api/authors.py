"""How an author stands: blocked with all of theirs, trusted, or neither."""

from collections.abc import Callable

from app.actions.authors import block_author, clear_standing, trust_author
from app.domain.decision import Actor, Decision
from app.domain.post import Author, Standing
from app.views.context import Context

VERBS: dict[Standing, Callable[..., Decision | None]] = {
    Standing.BLOCKED: block_author,
    Standing.TRUSTED: trust_author,
    Standing.OPEN: clear_standing,
}


async def stand(context: Context, author: Author, standing: Standing, *, by: Actor) -> Decision | None:
    """None if they stand so already."""
    return await context.backchannel.do(VERBS[standing], author.id, by=by, at=context.now())
