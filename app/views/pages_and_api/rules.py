"""The rules of an event are changed, if they are those that were seen."""

from app.actions.policies import change_policy
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.policy import Policy
from app.views.context import Context


async def rule(context: Context, event: Event, policy: Policy, *, by: Actor, seen: int | None = None) -> Event:
    """Raises PolicyChanged if they are others by now."""
    return await context.backchannel.do(change_policy, event.id, policy, seen=seen, by=by, at=context.now())
