"""`POST /posts/7/star` stars a post for those who were not there, `DELETE` takes the star back."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.actions.stars import star_post, take_star
from app.domain.sentence import Sentence
from app.views.context import InContext, answer
from app.views.desk.verdicts import asked_by, desk_of
from app.views.row_ids import Number

router = APIRouter()


@router.post("/posts/{post_id}/star")
async def star(post_id: Number, request: Request, context: InContext) -> Response:
    post, event, by = await asked_by(post_id, request, context)
    done = await context.backchannel.do(star_post, post.id, by=by, at=context.now())
    undo = f"/posts/{post_id}/star" if done else ""
    said = Sentence("Starred: it stands on the page of what was missed.")
    return answer(request, context, said, back=desk_of(event), undo=undo, post_id=post_id)


@router.delete("/posts/{post_id}/star")
async def no_star(post_id: Number, request: Request, context: InContext) -> Response:
    post, event, by = await asked_by(post_id, request, context)
    await context.backchannel.do(take_star, post.id, by=by, at=context.now())
    return answer(request, context, Sentence("No star any more."), back=desk_of(event), post_id=post_id)
