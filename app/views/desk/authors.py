"""Blocking and trusting authors; DELETE takes either back."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from app.actions.authors import block_author, clear_standing, trust_author
from app.actions.undo import undo_on
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.post import Author
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.posts import author_by_id
from app.views.context import Context, InContext, answer

router = APIRouter()


@router.post("/authors/{author_id}/block")
async def block(author_id: int, request: Request, context: InContext) -> Response:
    """Block an author: all of theirs leave every list and screen at once."""
    said = Sentence("Blocked: all of theirs are gone. Undo with z.")
    return await _stand(author_id, request, context, block_author, said, "block")


@router.post("/authors/{author_id}/trust")
async def trust(author_id: int, request: Request, context: InContext) -> Response:
    said = Sentence("Trusted: their clean posts pass at once.")
    return await _stand(author_id, request, context, trust_author, said, "trust")


@router.delete("/authors/{author_id}/{standing}")
async def take_standing_back(author_id: int, standing: str, request: Request, context: InContext) -> Response:
    """Undo a block with all that it swept, or a trust."""
    after = {"block": "blocked", "trust": "trusted"}.get(standing)
    author, by = await _author_and_actor(author_id, request, context)
    if after is None:
        raise HTTPException(404)
    undone = await context.backchannel.do(
        undo_on, author.event_id, Subject.AUTHOR, author_id, after, by=by, at=context.now()
    )
    if undone is None:
        await context.backchannel.do(clear_standing, author_id, by=by, at=context.now())
    return answer(request, context, "Taken back.", author_id=author_id)


async def _stand(author_id: int, request: Request, context: Context, verb: Any, said: str, standing: str) -> Response:
    author, by = await _author_and_actor(author_id, request, context)
    done = await context.backchannel.do(verb, author.id, by=by, at=context.now())
    said, undo = (said, f"/authors/{author_id}/{standing}") if done else (Sentence("That was so already."), "")
    return answer(request, context, said, undo=undo, author_id=author_id)


async def _author_and_actor(author_id: int, request: Request, context: Context) -> tuple[Author, Actor]:
    author = await context.backchannel.ask(author_by_id, author_id)
    if author is None:
        raise HTTPException(404, "There is no such author.")
    return author, await context.actor(request, author.event_id, Role.MODERATOR)
