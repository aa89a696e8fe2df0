"""The chair's star, note and hold beside a question: seen at the desk and on the stage, and nowhere else."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.actions.chair_marks import Marks
from app.domain.access import Role
from app.domain.screening.reading.blanks import legible
from app.domain.sentence import Sentence
from app.views.context import Context, InContext, answer
from app.views.line_breaks import Typed
from app.views.pages_and_api.questions import mark_it
from app.views.questions import asked_question
from app.views.row_ids import Number
from app.views.taps import tap_of

router = APIRouter()


@router.post("/questions/{question_id}/star")
async def star(question_id: Number, request: Request, context: InContext) -> Response:
    return await _mark(question_id, request, context, Marks(starred=True), Sentence("Marked with a star."))


@router.delete("/questions/{question_id}/star")
async def unstar(question_id: Number, request: Request, context: InContext) -> Response:
    return await _mark(question_id, request, context, Marks(starred=False), Sentence("The star is gone."))


@router.post("/questions/{question_id}/note")
async def note(
    question_id: Number, request: Request, context: InContext, text: Annotated[Typed, Form(max_length=2_000)] = ""
) -> Response:
    """No words take the note away."""
    return await _mark(question_id, request, context, Marks(note=text), Sentence("Noted."))


@router.post("/questions/{question_id}/hold")
async def hold(
    question_id: Number, request: Request, context: InContext, name: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """For one of the panel; no name, for anybody."""
    whom = legible(name)
    said = Sentence("Held for %(name)s.", name=whom) if whom else Sentence("For anybody again.")
    return await _mark(question_id, request, context, Marks(held_for=name), said)


async def _mark(question_id: int, request: Request, context: Context, marks: Marks, said: Sentence) -> Response:
    _, event = await asked_question(question_id, context)
    by = await context.actor(request, event.id, Role.SPEAKER)
    await mark_it(context, question_id, marks, by=by, tap=tap_of(request))
    facts: dict[str, Any] = {} if marks.starred is None else {"starred": marks.starred}
    return answer(request, context, said, back=f"/e/{event.slug}/stage", question_id=question_id, **facts)
