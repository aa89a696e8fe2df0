"""The stage: a tablet in a speaker's hand."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.domain.access import Role
from app.domain.question import QuestionState
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.question_themes import question_themes
from app.queries.questions import whose_turn
from app.views.context import InContext, answer
from app.views.listings import Addresses, frame, on_stage, open_elsewhere, ranked_questions, single
from app.views.opening import open_view
from app.views.pages_and_api.undo import undo_newest
from app.views.parts import Single
from app.views.stage.backstage import from_the_desk
from app.views.stage.tapped import undo_tapped
from app.views.taps import tap_of
from app.views.view import View

router = APIRouter()


def stage(addresses: Addresses) -> View:
    part = "parts/stage_question.html"
    return View(
        name="stage",
        template="stage.html",
        role=Role.SPEAKER,
        parts=(
            frame(addresses, "parts/stage_frame.html"),
            from_the_desk(),
            on_stage("parts/stage_onstage.html"),
            _about_questions("next", whose_turn),
            _about_questions("themes", question_themes),
            ranked_questions("questions", (QuestionState.OPEN,), part=part),
            open_elsewhere(part),
            ranked_questions("past", (QuestionState.ANSWERED, QuestionState.DISMISSED), part=part),
        ),
    )


def _about_questions(name: str, load: Callable[..., object]) -> Single:
    """What comes next, to be brought up with one tap; what many ask about."""
    told_by: set[str] = {Subject.QUESTION, Subject.AUTHOR, Subject.TALK}
    return single(name, f"parts/stage_{name}.html", told_by, load, lambda room: partial(load, room_id=room))


@router.get("/e/{slug}/r/{room}/stage")
@router.get("/e/{slug}/stage")
async def stage_page(slug: str, request: Request, context: InContext, room: str = "") -> Response:
    return await open_view(request, context, "stage", slug, room=room)


@router.post("/e/{slug}/stage/undo")
async def undo_on_stage(
    slug: str, request: Request, context: InContext, of: Annotated[str, Form(max_length=40)] = ""
) -> Response:
    """Take back the last that this tablet did, or what it says: the tap of that key."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.SPEAKER)
    tap = tap_of(request)
    if tap:
        undone = await undo_tapped(context, event.id, tap, of, by=by)
    else:
        undone = await undo_newest(context, event.id, by=by) is not None
    said = Sentence("Taken back.") if undone else Sentence("There is nothing of yours to take back.")
    # Who names a tap believes that it is taken back, unless they are told.
    return answer(request, context, said, status=200 if undone or not of else 409, back=f"/e/{slug}/stage")
