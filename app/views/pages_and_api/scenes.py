"""What the walls show: a scene is shown, something is announced or taken down. Each may raise Refused."""

from datetime import datetime

from app.actions.scenes import announce, end_announcement, show_scene
from app.actions.taps import MovedOn, SettledBefore, show_by_tap
from app.domain.decision import Actor, Decision
from app.domain.scene import Showing
from app.domain.tap import Tap
from app.views.context import Context
from app.views.taps import moved_on, tapping


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
        return await _tapped(context, event_id, showing, tap, by=by, room_id=room_id)
    return await context.backchannel.do(show_scene, event_id, showing, by=by, at=context.now(), room_id=room_id)


async def _tapped(
    context: Context, event_id: int, showing: Showing | None, tap: Tap, *, by: Actor, room_id: int | None
) -> Decision | None:
    """Once for each tap. Raises 409 for what somebody else chose meanwhile."""
    by, at = tapping(by, tap), context.now()
    try:
        return await context.backchannel.do(show_by_tap, event_id, tap, showing, room_id=room_id, by=by, at=at)
    except SettledBefore:
        return None
    except MovedOn as error:
        raise await moved_on(context, error) from None


async def announce_on_walls(
    context: Context, event_id: int, text: str, *, until: datetime, whole: bool, by: Actor
) -> Decision:
    return await context.backchannel.do(announce, event_id, text, until=until, whole=whole, by=by, at=context.now())


async def take_announcement_down(context: Context, event_id: int, *, by: Actor) -> Decision | None:
    """None if nothing is announced."""
    return await context.backchannel.do(end_announcement, event_id, by=by, at=context.now())
