"""Undo: what one did last, or what anybody did last; said as a moderator would say it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.access import Role
from app.domain.sentence import Sentence
from app.queries.decisions import taken_back_by
from app.queries.desk import name_concerned
from app.queries.posts import approved_with
from app.views.context import InContext, answer
from app.views.desk.toasts import of_undo
from app.views.pages_and_api.undo import undo_newest

router = APIRouter()


@router.post("/e/{slug}/undo")
async def undo(slug: str, request: Request, context: InContext, whose: str = "mine") -> Response:
    """Take back the last thing that this moderator did, or with `whose=anyone` the last that anybody did."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    anyone = whose == "anyone"
    undone = await undo_newest(context, event.id, by=by, anyones=anyone)
    if undone is None:
        said = Sentence("There is nothing to undo.") if anyone else Sentence("There is nothing of yours to undo.")
        return answer(request, context, said, back=f"/e/{slug}/desk")
    did = undone.by if undone.by != by.label else ""
    # That the post waits again says more than that it is no question.
    undone = await context.backchannel.ask(approved_with, undone) or undone
    whose_post = await context.backchannel.ask(name_concerned, undone.subject, undone.subject_id)
    undoing = await context.backchannel.ask(taken_back_by, undone.id)
    said = of_undo(undone, undoing.after if undoing else undone.before, whose_post, did)
    return answer(request, context, said, back=f"/e/{slug}/desk", subject=undone.subject, subject_id=undone.subject_id)
