"""Red buttons: what the walls show, what gets in, and starting afresh. Each is one press, and can be undone."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.actions.red_buttons import INTAKE, clear_wall, set_intake, set_screen
from app.actions.undo import undo_on
from app.domain.event import Role, Screen
from app.domain.policy import Intake
from app.views.context import InShell, answer

router = APIRouter()

_SHOWN = {
    Screen.LIVE: "The wall is live.",
    Screen.PAUSED: "The wall stands still.",
    Screen.BLANK: "The wall is blank.",
}
_ADMITTED = {
    Intake.OPEN: "The rules decide again what gets in.",
    Intake.HOLD_ALL: "Everything waits for a moderator now.",
    Intake.ONLY_TRUSTED: "Only trusted authors get in now; the rest is kept for later.",
}


@router.post("/e/{slug}/screen/{state}")
async def change_screen(slug: str, state: Screen, request: Request, shell: InShell) -> Response:
    """Pause, blank or show the walls."""
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    await shell.backchannel.do(set_screen, event.id, state, by=by, at=shell.now())
    return answer(request, shell, _SHOWN[state], back=f"/e/{slug}/desk", screen=state.value)


@router.delete("/e/{slug}/screen/{state}")
async def undo_screen(slug: str, state: Screen, request: Request, shell: InShell) -> Response:
    """Back to what the walls showed before."""
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    await shell.backchannel.do(undo_on, event.id, "event", event.id, state.value, by=by, at=shell.now())
    return answer(request, shell, "The wall shows what it showed before.", back=f"/e/{slug}/desk")


@router.post("/e/{slug}/intake/{state}")
async def change_intake(slug: str, state: Intake, request: Request, shell: InShell) -> Response:
    """Hold everything, let only trusted authors in, or go by the rules again."""
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    await shell.backchannel.do(set_intake, event.id, state, by=by, at=shell.now())
    return answer(request, shell, _ADMITTED[state], back=f"/e/{slug}/desk", intake=state.value)


@router.delete("/e/{slug}/intake/{state}")
async def undo_intake(slug: str, state: Intake, request: Request, shell: InShell) -> Response:
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    await shell.backchannel.do(undo_on, event.id, INTAKE, event.id, state.value, by=by, at=shell.now())
    return answer(request, shell, "What gets in is as it was before.", back=f"/e/{slug}/desk")


@router.post("/e/{slug}/clearing")
async def clear(slug: str, request: Request, shell: InShell) -> Response:
    """Empty the walls and start afresh."""
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    await shell.backchannel.do(clear_wall, event.id, by=by, at=shell.now())
    said = "The wall is cleared. What is approved from now on appears."
    return answer(request, shell, said, back=f"/e/{slug}/desk")
