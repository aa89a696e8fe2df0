"""Prompts are written, changed, released and taken back; answers are put under another one by hand."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response
from sqlmodel import Session

from app.actions.answers import file_answer
from app.actions.events import Refused
from app.actions.prompts import (
    change_prompt,
    end_prompt,
    release_prompt,
    remove_prompt,
    set_prompts_by_clock,
    write_prompt,
)
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.prompt import Prompt, PromptKind
from app.domain.sentence import Sentence
from app.domain.series import Edition
from app.domain.subject import Subject
from app.views.context import Context, InContext, answer
from app.views.desk.verdicts import asked_by
from app.views.line_breaks import Typed
from app.views.pages_and_api.undo import take_back, take_back_what_holds
from app.views.row_ids import LARGEST_ID, Number

router = APIRouter()
Words = Annotated[Typed, Form(max_length=2_000)]


@router.post("/e/{slug}/prompts")
async def write(
    slug: str, request: Request, context: InContext, kind: Words = "question", text: Words = "", minute: Words = ""
) -> Response:
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    chosen = PromptKind(kind) if kind in set(PromptKind) else PromptKind.QUESTION
    try:
        planned = _minute(minute)
        await context.backchannel.do(
            write_prompt, event.id, kind=chosen, text=text, minute=planned, by=by, at=context.now()
        )
    except Refused as error:
        return answer(request, context, error.sentence, status=422, back=_back(event))
    return answer(request, context, "Written.", back=_back(event))


@router.post("/prompts/{prompt_id}/words")
async def change(
    prompt_id: Number, request: Request, context: InContext, text: Words = "", minute: Words = ""
) -> Response:
    prompt, event, by = await _asked(prompt_id, request, context)
    try:
        planned = _minute(minute)
        await context.backchannel.do(change_prompt, prompt.id, text=text, minute=planned, by=by, at=context.now())
    except Refused as error:
        return answer(request, context, error.sentence, status=422, back=_back(event))
    return answer(request, context, "Changed.", back=_back(event))


@router.delete("/prompts/{prompt_id}")
async def remove(prompt_id: Number, request: Request, context: InContext) -> Response:
    prompt, event, by = await _asked(prompt_id, request, context)
    try:
        await context.backchannel.do(remove_prompt, prompt.id, by=by, at=context.now())
    except Refused as error:
        return answer(request, context, error.sentence, status=409, back=_back(event))
    return answer(request, context, "Removed.", back=_back(event))


@router.post("/prompts/{prompt_id}/release")
async def release(prompt_id: Number, request: Request, context: InContext) -> Response:
    """Put it to the chat, on every screen."""
    prompt, event, by = await _asked(prompt_id, request, context)
    done = await context.backchannel.do(release_prompt, prompt.id, by=by, at=context.now())
    undo = f"/prompts/{prompt.id}/release" if done else ""
    return answer(request, context, "It is on every screen.", back=_back(event), undo=undo, prompt_id=prompt.id)


@router.delete("/prompts/{prompt_id}/release")
async def undo_release(prompt_id: Number, request: Request, context: InContext) -> Response:
    prompt, event, by = await _asked(prompt_id, request, context)
    done = await take_back(context, event.id, Subject.PROMPT, event.id, f"prompt:{prompt.id}", by=by)
    return _taken_back(request, context, done is not None, event)


@router.post("/e/{slug}/prompt/end")
async def end(slug: str, request: Request, context: InContext) -> Response:
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    done = await context.backchannel.do(end_prompt, event.id, by=by, at=context.now())
    said = Sentence("The screens show no prompt any more.") if done else Sentence("No prompt is on.")
    return answer(request, context, said, back=_back(event))


@router.post("/e/{slug}/prompts/clock")
async def by_clock(slug: str, request: Request, context: InContext, on: Annotated[bool, Form()] = False) -> Response:
    """Whether the clock releases prompts at their minutes. Only an edition has a clock."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    if await context.backchannel.ask(_edition, event.id) is None:
        raise HTTPException(404, "This event is no edition of a series.")
    await context.backchannel.do(set_prompts_by_clock, event.id, by_clock=on, by=by, at=context.now())
    said = Sentence("The clock releases them.") if on else Sentence("Only a hand releases them.")
    return answer(request, context, said, back=_back(event))


@router.post("/posts/{post_id}/prompt")
async def put_under(
    post_id: Number,
    request: Request,
    context: InContext,
    prompt: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """Put a post under a prompt; under none with 0."""
    post, event, by = await asked_by(post_id, request, context)
    try:
        done = await context.backchannel.do(file_answer, post.id, prompt or None, by=by, at=context.now())
    except Refused as error:
        return answer(request, context, error.sentence, status=409, back=_back(event))
    undo = f"/posts/{post_id}/prompt" if done else ""
    return answer(request, context, "Put there.", back=_back(event), undo=undo, post_id=post_id)


@router.delete("/posts/{post_id}/prompt")
async def undo_put(post_id: Number, request: Request, context: InContext) -> Response:
    _, event, by = await asked_by(post_id, request, context)
    done = await take_back_what_holds(context, event.id, Subject.ANSWER, post_id, by=by)
    return _taken_back(request, context, done is not None, event)


async def _asked(prompt_id: int, request: Request, context: Context) -> tuple[Prompt, Event, Actor]:
    """A prompt, its chat, and who asks. Raises 403 and 404."""
    found = await context.backchannel.ask(_prompt_and_event, prompt_id)
    if found is None:
        raise HTTPException(404, "There is no such prompt.")
    prompt, event = found
    return prompt, event, await context.actor(request, event.id, Role.MODERATOR)


def _prompt_and_event(db: Session, prompt_id: int) -> tuple[Prompt, Event] | None:
    prompt = db.get(Prompt, prompt_id)
    return (prompt, db.get_one(Event, prompt.event_id)) if prompt is not None else None


def _edition(db: Session, event_id: int) -> Edition | None:
    return db.get(Edition, event_id)


def _minute(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isdecimal() or len(typed.strip()) > 4:
        raise Refused("A minute is a number, such as 10.")
    return int(typed)


def _taken_back(request: Request, context: Context, done: bool, event: Event) -> Response:
    said = Sentence("As it was before.") if done else Sentence("There is nothing to take back.")
    return answer(request, context, said, status=200 if done else 409, back=_back(event))


def _back(event: Event) -> str:
    return f"/e/{event.slug}/host"
