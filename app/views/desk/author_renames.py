"""The name on a card: `POST /posts/7/name` signs it with what its author goes by now, `DELETE` with the former name."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.actions.author_renames import NEW, NotTaken
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.views.context import InContext, answer
from app.views.desk.verdicts import asked_by, desk_of
from app.views.pages_and_api.posts import sign_anew
from app.views.pages_and_api.undo import take_back
from app.views.row_ids import Number

router = APIRouter()


@router.post("/posts/{post_id}/name")
async def take_name(
    post_id: Number, request: Request, context: InContext, mark: Annotated[str, Form(max_length=16)] = ""
) -> Response:
    """`mark` stands for the name that was seen. 409 if it is another one by now, or cannot be taken in one go."""
    _, event, by = await asked_by(post_id, request, context)
    try:
        await sign_anew(context, post_id, by=by, seen=mark)
    except NotTaken as refused:
        return answer(request, context, refused.sentence, status=409, back=desk_of(event), post_id=post_id)
    said, undo = Sentence("It bears the new name now."), f"/posts/{post_id}/name"
    return answer(request, context, said, back=desk_of(event), undo=undo, post_id=post_id)


@router.delete("/posts/{post_id}/name")
async def take_name_back(post_id: Number, request: Request, context: InContext) -> Response:
    """Undo: the name that was approved before."""
    post, event, by = await asked_by(post_id, request, context)
    undone = await take_back(context, post.event_id, Subject.NAME, post_id, NEW, by=by)
    said = Sentence("It bears its former name again.") if undone else Sentence("There is no former name.")
    return answer(request, context, said, status=200 if undone else 409, back=desk_of(event), post_id=post_id)
