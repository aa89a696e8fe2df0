"""Somebody is erased: the rows at once, then pictures and the file, as far as nobody is using it."""

from app.actions.erasures import erase_whom
from app.domain.decision import Actor
from app.domain.erasure import Erasure, Whom
from app.domain.event import Event
from app.views.context import Context
from app.views.sweeping import sweep_up


async def erase_now(context: Context, event: Event, whom: Whom, *, by: Actor) -> tuple[Erasure, bool]:
    """The line of the register, and whether no byte is left; if not, a job sees to it. Raises Refused."""
    erased = await context.backchannel.do(erase_whom, event.id, whom, by=by, at=context.now())
    return erased, await sweep_up(context.backchannel, context.pictures, at=context.now())
