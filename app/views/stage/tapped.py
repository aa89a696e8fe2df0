"""What is tapped on a tablet: done once for each tap, and told where others decided meanwhile. Each raises 409 then."""

from fastapi import HTTPException

from app.actions.events import Refused
from app.actions.questions import NoSuchQuestion
from app.actions.taps import MovedOn, SettledBefore, move_by_tap, take_move_back_by_tap, undo_by_tap
from app.domain.decision import Actor
from app.domain.question import QuestionState
from app.domain.tap import Tap
from app.views.context import Context
from app.views.pages_and_api.questions import GONE, MOVES
from app.views.taps import moved_on, tapping


async def move_tapped(context: Context, question_id: int, state: QuestionState, tap: Tap, *, by: Actor) -> None:
    """The same from a tablet: once for each tap, and 409 for what others decided meanwhile."""
    by, at = tapping(by, tap), context.now()
    try:
        await context.backchannel.do(move_by_tap, question_id, tap, MOVES[state], to=state, by=by, at=at)
    except SettledBefore:
        return
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None
    except MovedOn as error:
        raise await moved_on(context, error) from None
    except Refused as refused:
        raise HTTPException(409, refused.sentence) from None


async def take_back_tapped(context: Context, question_id: int, state: QuestionState, tap: Tap, *, by: Actor) -> bool:
    """The move that brought it into a state is taken back, from a tablet. Raises 409 as `move_tapped` does."""
    by, at = tapping(by, tap), context.now()
    try:
        undone = await context.backchannel.do(take_move_back_by_tap, question_id, tap, state=state, by=by, at=at)
        return undone is not None
    except SettledBefore:
        return True
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None
    except MovedOn as error:
        raise await moved_on(context, error) from None


async def undo_tapped(context: Context, event_id: int, tap: Tap, *, by: Actor) -> bool:
    """The last thing that somebody did on a tablet, once for each tap. Raises 409 if others went on from there."""
    try:
        undone = await context.backchannel.do(undo_by_tap, event_id, tap, by=tapping(by, tap), at=context.now())
        return undone is not None
    except SettledBefore:
        return True
    except MovedOn as error:
        raise await moved_on(context, error) from None
