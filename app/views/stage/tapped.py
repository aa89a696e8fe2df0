"""What is tapped on a tablet: done once for each tap, and told where others decided meanwhile. Each raises 409 then."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import HTTPException

from app.actions.events import Refused
from app.actions.questions import NoSuchQuestion
from app.actions.taps_on_questions import move_by_tap, take_move_back_by_tap
from app.actions.taps_taken_back import undo_by_tap, undo_tap
from app.domain.decision import Actor
from app.domain.question import QuestionState
from app.domain.tap import Tap
from app.views.context import Context
from app.views.pages_and_api.questions import GONE, MOVES
from app.views.taps import is_key, settled

T = TypeVar("T")


async def move_tapped(context: Context, question_id: int, state: QuestionState, tap: Tap, *, by: Actor) -> None:
    """The same from a tablet: once for each tap, and 409 for what others decided meanwhile."""
    await _of_question(context, move_by_tap, question_id, tap, MOVES[state], to=state, by=by, before=None)


async def take_back_tapped(context: Context, question_id: int, state: QuestionState, tap: Tap, *, by: Actor) -> bool:
    """The move that brought it into a state is taken back, from a tablet."""
    undone = await _of_question(context, take_move_back_by_tap, question_id, tap, state=state, by=by, before=_SETTLED)
    return undone is not None


async def undo_tapped(context: Context, event_id: int, tap: Tap, key: str, *, by: Actor) -> bool:
    """The tap of that `key`, or without one the last thing that somebody did, is taken back, once for each tap."""
    if is_key(key):
        undone = await settled(context, undo_tap, event_id, tap, key, by=by, before=_SETTLED)
    else:
        undone = await settled(context, undo_by_tap, event_id, tap, by=by, before=_SETTLED)
    return undone is not None


_SETTLED: Any = object()
"""Taken back before."""


async def _of_question(context: Context, verb: Callable[..., T], *args: Any, before: T, by: Actor, **facts: Any) -> T:
    question_id, tap, *more = args
    try:
        return await settled(context, verb, question_id, tap, *more, by=by, before=before, **facts)
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None
    except Refused as refused:
        raise HTTPException(409, refused.sentence) from None
