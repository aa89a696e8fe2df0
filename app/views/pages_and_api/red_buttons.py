"""What one press changes for everybody: what the walls show, what gets in, starting afresh."""

from app.actions.red_buttons import clear_wall, set_intake, set_wall_state
from app.actions.taps_on_walls import set_wall_state_by_tap
from app.domain.decision import Actor, Decision
from app.domain.event import Event, WallState
from app.domain.policy import Intake
from app.domain.tap import Tap
from app.views.context import Context
from app.views.taps import settled


async def show(
    context: Context, event: Event, state: WallState, *, by: Actor, tap: Tap | None = None
) -> Decision | None:
    """None if the walls show that already. Raises 409 for a tap after which somebody else decided."""
    if tap:
        return await settled(context, set_wall_state_by_tap, event.id, tap, state, by=by, before=None)
    return await context.backchannel.do(set_wall_state, event.id, state, by=by, at=context.now())


async def admit(context: Context, event: Event, intake: Intake, *, by: Actor) -> Decision | None:
    """None if that is what gets in already."""
    return await context.backchannel.do(set_intake, event.id, intake, by=by, at=context.now())


async def start_afresh(context: Context, event: Event, *, by: Actor) -> Decision:
    return await context.backchannel.do(clear_wall, event.id, by=by, at=context.now())
