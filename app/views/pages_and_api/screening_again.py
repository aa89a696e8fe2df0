"""The rules run again over what waits."""

from app.actions.screening_again import Again, screen_again
from app.domain.decision import Actor
from app.domain.event import Event
from app.views.context import Context

MAX_ROUNDS = 1_000
"""So many rounds of two hundred posts are screened again in one request."""


async def run_again(context: Context, event: Event, *, by: Actor) -> Again:
    """All that waits, two hundred posts a transaction, so that the desk is not kept waiting."""
    done = await context.backchannel.do(screen_again, event.id, by=by, at=context.now())
    for _ in range(MAX_ROUNDS):
        if not done.last:
            break
        done += await context.backchannel.do(screen_again, event.id, after=done.last, by=by, at=context.now())
    return done
