"""A request that something is taken away is dealt with, from setup or by a program."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import HTTPException

from app.actions.takedowns import acknowledge_takedown, follow_takedown, refuse_takedown, reopen_takedown
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.takedown import Takedown
from app.queries.takedowns import takedown_of
from app.views.context import Context

ACTS: Mapping[str, Callable[..., Takedown]] = {
    "acknowledged": acknowledge_takedown,
    "done": follow_takedown,
    "refused": refuse_takedown,
    "reopened": reopen_takedown,
}
"""By what it is afterwards."""


async def settle(context: Context, event: Event, number: int, act: str, *, why: str = "", by: Actor) -> Takedown:
    """Raises 404 for a request of another event, and Refused for what cannot be done with it."""
    if await context.backchannel.ask(takedown_of, event.id, number) is None:
        raise HTTPException(404, "There is no such request.")
    said: tuple[Any, ...] = (why,) if act == "refused" else ()
    return await context.backchannel.do(ACTS[act], number, *said, by=by, at=context.now())
