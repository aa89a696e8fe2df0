"""What moderators make of the shelf: `POST /e/{slug}/links/{key}/mark` pins or hides, `DELETE` takes it back."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from app.actions.events import Refused
from app.actions.resources import mark_resource, show_title, sort_resource
from app.domain.access import Role
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.resource import Mark, ResourceKind
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.shelf import resources
from app.views.context import Context, InContext, answer
from app.views.pages_and_api.undo import take_back_what_holds

router = APIRouter()
MARKED = {
    Mark.PINNED: Sentence("Pinned."),
    Mark.HIDDEN: Sentence("Nobody else sees it on the shelf any more."),
    Mark.NONE: Sentence("On the shelf as all others."),
}


@router.post("/e/{slug}/links/{key}/mark")
async def mark(slug: str, key: str, request: Request, context: InContext, mark: Annotated[Mark, Form()]) -> Response:
    async def act(event: Event, by: Actor) -> Decision | None:
        return await context.backchannel.do(mark_resource, event.id, key, mark, by=by, at=context.now())

    return await _acted(slug, key, request, context, act, MARKED[mark])


@router.post("/e/{slug}/links/{key}/kind")
async def sort(
    slug: str, key: str, request: Request, context: InContext, kind: Annotated[str, Form(max_length=16)] = ""
) -> Response:
    """Another kind than the rule says; with none the rule decides again."""
    chosen = ResourceKind(kind) if kind in set(ResourceKind) else None

    async def act(event: Event, by: Actor) -> Decision | None:
        return await context.backchannel.do(sort_resource, event.id, key, chosen, by=by, at=context.now())

    return await _acted(slug, key, request, context, act, Sentence("Sorted."))


@router.post("/e/{slug}/links/{key}/title")
async def title(
    slug: str, key: str, request: Request, context: InContext, shown: Annotated[bool, Form()] = False
) -> Response:
    """Whether the title that its page has may be read."""

    async def act(event: Event, by: Actor) -> Decision | None:
        return await context.backchannel.do(show_title, event.id, key, shown=shown, by=by, at=context.now())

    said = Sentence("Its title is shown.") if shown else Sentence("Its title is not shown.")
    return await _acted(slug, key, request, context, act, said)


@router.delete("/e/{slug}/links/{key}/mark")
async def take_back(slug: str, key: str, request: Request, context: InContext) -> Response:
    """Undo what was last made of it."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    row = (await context.backchannel.ask(resources, event.id)).get(key)
    done = row is not None and await take_back_what_holds(context, event.id, Subject.RESOURCE, row.id, by=by)
    said = Sentence("As it was before.") if done else Sentence("There is nothing to take back.")
    return answer(request, context, said, status=200 if done else 409, back=_back(event))


async def _acted(
    slug: str,
    key: str,
    request: Request,
    context: Context,
    act: Callable[[Event, Actor], Awaitable[Decision | None]],
    said: Sentence,
) -> Response:
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    try:
        done = await act(event, by)
    except Refused as error:
        raise HTTPException(404, error.sentence) from None
    undo = f"/e/{event.slug}/links/{key}/mark" if done else ""
    return answer(request, context, said, back=_back(event), undo=undo)


def _back(event: Event) -> str:
    return f"/e/{event.slug}/links"
