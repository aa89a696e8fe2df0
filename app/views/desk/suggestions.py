"""Shorter words for a post from the room: suggested at the desk, taken or not on its author's phone."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.suggestions import SUGGESTED, keep_own_words
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.views.context import InContext, answer
from app.views.desk.verdicts import asked_by, desk_of
from app.views.line_breaks import Typed
from app.views.pages_and_api.posts import ask_to_shorten
from app.views.pages_and_api.undo import take_back
from app.views.row_ids import Number

router = APIRouter()


@router.post("/posts/{post_id}/suggestion")
async def suggest(
    post_id: Number, request: Request, context: InContext, text: Annotated[Typed, Form(max_length=2_000)] = ""
) -> Response:
    _, event, by = await asked_by(post_id, request, context)
    await ask_to_shorten(context, post_id, text, by=by)
    said, undo = Sentence("Its author is asked on their phone."), f"/posts/{post_id}/suggestion"
    return answer(request, context, said, back=desk_of(event), undo=undo, post_id=post_id)


@router.delete("/posts/{post_id}/suggestion")
async def suggest_no_more(post_id: Number, request: Request, context: InContext) -> Response:
    post, event, by = await asked_by(post_id, request, context)
    undone = await take_back(context, post.event_id, Subject.SUGGESTION, post_id, SUGGESTED, by=by)
    said = Sentence("Taken back.") if undone else Sentence("It has moved on since; nothing was changed.")
    return answer(request, context, said, status=200 if undone else 409, back=desk_of(event), post_id=post_id)


@router.delete("/e/{slug}/posts/{post_id}/suggestion")
async def keep_mine(slug: str, post_id: Number, request: Request, context: InContext) -> Response:
    """The author of a post keeps the words as they are."""
    event = await context.event(slug)
    device = context.cookies.device(request)
    if device is not None:
        await context.backchannel.do(keep_own_words, event.id, post_id, device, at=context.now())
    return RedirectResponse(f"/e/{event.slug}#mine", 303)
