"""Blocking and trusting authors; DELETE takes either back."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from app.actions.undo import undo_standing
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.post import Author, Standing
from app.domain.sentence import Sentence
from app.queries.posts import author_by_id
from app.views.context import Context, InContext, answer
from app.views.pages_and_api.authors import stand
from app.views.row_ids import Number

router = APIRouter()


@router.post("/authors/{author_id}/block")
async def block(author_id: Number, request: Request, context: InContext) -> Response:
    """Block an author: all of theirs leave every list and screen at once."""
    said = Sentence("Blocked: all of theirs are gone. Undo with z.")
    return await _stand(author_id, request, context, Standing.BLOCKED, said, "block")


@router.post("/authors/{author_id}/trust")
async def trust(author_id: Number, request: Request, context: InContext) -> Response:
    said = Sentence("Trusted: their clean posts pass at once.")
    return await _stand(author_id, request, context, Standing.TRUSTED, said, "trust")


@router.delete("/authors/{author_id}/{standing}")
async def take_standing_back(author_id: Number, standing: str, request: Request, context: InContext) -> Response:
    """Undo a block with all that it swept, or a trust."""
    after = {"block": Standing.BLOCKED, "trust": Standing.TRUSTED}.get(standing)
    author, by = await _author_and_actor(author_id, request, context)
    if after is None:
        raise HTTPException(404)
    await context.backchannel.do(undo_standing, author.id, after, by=by, at=context.now())
    return answer(request, context, "Taken back.", author_id=author_id)


async def _stand(
    author_id: int, request: Request, context: Context, wanted: Standing, said: str, standing: str
) -> Response:
    author, by = await _author_and_actor(author_id, request, context)
    done = await stand(context, author, wanted, by=by)
    said, undo = (said, f"/authors/{author_id}/{standing}") if done else (Sentence("That was so already."), "")
    return answer(request, context, said, undo=undo, author_id=author_id)


async def _author_and_actor(author_id: int, request: Request, context: Context) -> tuple[Author, Actor]:
    author = await context.backchannel.ask(author_by_id, author_id)
    if author is None:
        raise HTTPException(404, "There is no such author.")
    return author, await context.actor(request, author.event_id, Role.MODERATOR)
