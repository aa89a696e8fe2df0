"""Questions that ask the same: which ones may be meant, asked together with one tap, and apart again."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app.domain.access import Role
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.queries.questions import QuestionCard, question_cards
from app.queries.similar_questions import Likeness, may_ask_the_same
from app.views.context import InContext, answer, came_from
from app.views.pages_and_api.questions import merge, part
from app.views.questions import asked_question
from app.views.row_ids import LARGEST_ID, Number
from app.views.taps import tap_of
from app.views.translation import say

router = APIRouter()


@router.get("/questions/{question_id}/merge")
async def choices(question_id: Number, request: Request, context: InContext) -> Response:
    """The questions with which this one may be asked together, those that ask something alike first."""
    _, event = await asked_question(question_id, context)
    await context.actor(request, event.id, Role.SPEAKER)

    def look(db: Session) -> tuple[QuestionCard | None, list[Likeness]]:
        return question_cards(db, [question_id]).get(question_id), may_ask_the_same(db, event, question_id)

    card, found = await context.backchannel.ask(look)
    in_dialog = bool(request.headers.get("hx-request"))
    template = "parts/merge_choices.html" if in_dialog else "merging.html"
    values = {"event": event, "card": card, "found": found, "back": came_from(request, f"/e/{event.slug}/stage")}
    return context.page(template, {"view": "setup", "cursor": 0, "told": "", "in_dialog": in_dialog, **values})


@router.post("/questions/{question_id}/merge")
async def ask_together(
    question_id: Number,
    request: Request,
    context: InContext,
    into: Annotated[int, Form(ge=1, le=LARGEST_ID)],
    back: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """One stands for both, with everybody's votes."""
    _, event = await asked_question(question_id, context)
    by = await context.actor(request, event.id, Role.SPEAKER)
    lead = await merge(context, question_id, into, by=by)
    undone = question_id if lead.id != question_id else into
    said, page, undo = Sentence("Asked together."), _page_of(event, back), f"/questions/{undone}/merge"
    if request.headers.get("hx-request") or "application/json" in request.headers.get("accept", ""):
        return answer(request, context, said, undo=undo, question_id=lead.id, votes=lead.votes)
    response = RedirectResponse(page, 303)  # to where the choices were asked for, not back to them
    context.cookies.tell(response, say(said), urlsplit(page).path)
    return response


@router.delete("/questions/{question_id}/merge")
async def ask_apart(question_id: Number, request: Request, context: InContext) -> Response:
    """It stands for itself again, with the votes that were given to its own words."""
    _, event = await asked_question(question_id, context)
    by = await context.actor(request, event.id, Role.SPEAKER)
    await part(context, question_id, by=by, tap=tap_of(request))
    said = Sentence("Apart again.")
    return answer(request, context, said, back=f"/e/{event.slug}/stage", question_id=question_id)


def _page_of(event: Event, back: str) -> str:
    """The page of the event that somebody came from."""
    return back if back.startswith(f"/e/{event.slug}/") else f"/e/{event.slug}/stage"
