"""Red buttons: what the walls show, what gets in, and starting afresh. Each is one press, and can be undone."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.access import Role
from app.domain.event import WallState
from app.domain.policy import Intake
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.views.context import InContext, answer
from app.views.pages_and_api import red_buttons
from app.views.pages_and_api.undo import take_back, take_back_what_holds
from app.views.taps import tap_of

router = APIRouter()

_SHOWN = {
    WallState.LIVE: Sentence("The wall is live."),
    WallState.PAUSED: Sentence("The wall is paused."),
    WallState.BLANK: Sentence("The wall is blank."),
}
_ADMITTED = {
    Intake.OPEN: Sentence("The rules decide again what gets in."),
    Intake.HOLD_ALL: Sentence("Everything waits for a moderator now."),
    Intake.ONLY_TRUSTED: Sentence("Only trusted authors get in now; the rest is kept for later."),
}


@router.post("/e/{slug}/screen/{state}")
async def change_screen(slug: str, state: WallState, request: Request, context: InContext) -> Response:
    """Pause, blank or show the walls."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    done = await red_buttons.show(context, event, state, by=by, tap=tap_of(request))
    undo = f"/e/{slug}/screen/{state}" if done else ""
    return answer(request, context, _SHOWN[state], back=f"/e/{slug}/desk", undo=undo, screen=state.value)


@router.delete("/e/{slug}/screen/{state}")
async def undo_screen(slug: str, state: WallState, request: Request, context: InContext) -> Response:
    """Back to what the walls showed before."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    await take_back(context, event.id, Subject.EVENT, event.id, state, by=by)
    return answer(request, context, "The wall shows what it showed before.", back=f"/e/{slug}/desk")


@router.post("/e/{slug}/intake/{state}")
async def change_intake(slug: str, state: Intake, request: Request, context: InContext) -> Response:
    """Hold everything, let only trusted authors in, or go by the rules again."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    done = await red_buttons.admit(context, event, state, by=by)
    undo = f"/e/{slug}/intake/{state}" if done else ""
    return answer(request, context, _ADMITTED[state], back=f"/e/{slug}/desk", undo=undo, intake=state.value)


@router.delete("/e/{slug}/intake/{state}")
async def undo_intake(slug: str, state: Intake, request: Request, context: InContext) -> Response:
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    await take_back(context, event.id, Subject.INTAKE, event.id, state, by=by)
    return answer(request, context, "What gets in is as it was before.", back=f"/e/{slug}/desk")


@router.post("/e/{slug}/clearing")
async def clear(slug: str, request: Request, context: InContext) -> Response:
    """Empty the walls and start afresh."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    await red_buttons.start_afresh(context, event, by=by)
    said = Sentence("The wall is cleared. What is approved from now on appears.")
    return answer(request, context, said, back=f"/e/{slug}/desk", undo=f"/e/{slug}/clearing")


@router.delete("/e/{slug}/clearing")
async def undo_clearing(slug: str, request: Request, context: InContext) -> Response:
    """What was on the walls is back."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    undone = await take_back_what_holds(context, event.id, Subject.CLEARING, event.id, by=by)
    said = Sentence("What was on the wall is back.") if undone else Sentence("There is nothing to bring back.")
    return answer(request, context, said, status=200 if undone else 409, back=f"/e/{slug}/desk")
