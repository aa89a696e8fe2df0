"""What the walls show: a scene is shown, something is announced or taken down. Each may raise Refused.

From a tablet each is done once for its tap, and raises 409 for what somebody else chose meanwhile.
"""

from datetime import datetime

from app.actions.scenes import announce, end_announcement, show_scene
from app.actions.taps_on_walls import end_announcement_by_tap, show_by_tap
from app.domain.decision import Actor, Decision
from app.domain.scene import Showing
from app.domain.tap import Tap
from app.views.context import Context
from app.views.taps import settled


async def show_on_walls(
    context: Context,
    event_id: int,
    showing: Showing | None,
    *,
    by: Actor,
    room_id: int | None = None,
    tap: Tap | None = None,
) -> Decision | None:
    """Show a scene, or with None what the programme says, in a room or all; None is given if it is so already."""
    if tap:
        return await settled(context, show_by_tap, event_id, tap, showing, by=by, before=None, room_id=room_id)
    return await context.backchannel.do(show_scene, event_id, showing, by=by, at=context.now(), room_id=room_id)


async def announce_on_walls(
    context: Context, event_id: int, text: str, *, until: datetime, whole: bool, by: Actor
) -> Decision:
    return await context.backchannel.do(announce, event_id, text, until=until, whole=whole, by=by, at=context.now())


async def take_announcement_down(
    context: Context, event_id: int, *, by: Actor, tap: Tap | None = None
) -> Decision | None:
    """None if nothing is announced."""
    if tap:
        return await settled(context, end_announcement_by_tap, event_id, tap, by=by, before=None)
    return await context.backchannel.do(end_announcement, event_id, by=by, at=context.now())
