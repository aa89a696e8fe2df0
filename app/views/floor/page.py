"""The floor: everybody with a phone asks, votes and sees what is shown."""

import secrets
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from app.actions.arrivals import receive
from app.domain.access import Role
from app.domain.event import TakesNothing
from app.domain.incoming import ANONYMOUS, Byline, Incoming
from app.domain.screening.reading.blanks import has_words
from app.domain.sentence import Sentence
from app.views.announced import announced
from app.views.closing import TAKES_NOTHING
from app.views.context import Context, InContext
from app.views.floor.asked_where import SAY_WHERE, Asked, asked_there
from app.views.floor.limits import MAX_LETTERS_OF_A_NAME, POSTS, POSTS_OF_NEW_PHONES
from app.views.floor.one_phone import no_words, open_floor, sent_to
from app.views.floor.one_phone import own as own_of_phone
from app.views.floor.rooms import NOWHERE
from app.views.floor.to_vote_for import questions_to_vote_for
from app.views.line_breaks import Typed
from app.views.list_lengths import SHOWN_ON_FLOOR
from app.views.listings import Addresses, frame, on_stage, shown_posts
from app.views.reading.archive import archive_of
from app.views.reading.words import OVER
from app.views.row_ids import LARGEST_ID
from app.views.sent_once import ref_of
from app.views.translation import say
from app.views.view import View

router = APIRouter()


def floor(addresses: Addresses) -> View:
    return View(
        name="floor",
        template="floor.html",
        role=None,
        parts=(
            frame(addresses, "parts/floor_frame.html"),
            announced(),
            on_stage("parts/floor_onstage.html"),
            questions_to_vote_for(),
            shown_posts(SHOWN_ON_FLOOR, "parts/floor_post.html"),
        ),
    )


@router.get("/e/{slug}")
async def floor_page(slug: str, request: Request, context: InContext, own: str = "") -> Response:
    """Of an event that is over its archive stands here, but for phones that sent something, which may take it back."""
    event = await context.event(slug)
    over = event.state in OVER and event.slug == slug and not own and "key" not in request.query_params
    if over and not (await own_of_phone(request, context, event))["own"]:
        return await archive_of(request, context, event)
    return await _page(request, context, slug)


@router.post("/e/{slug}/posts")
async def send(
    slug: str,
    request: Request,
    context: InContext,
    text: Annotated[Typed, Form()] = "",
    name: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "ask",
    key: Annotated[str, Form()] = "",
    room: Annotated[str, Form(max_length=64)] = "",
    talk: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
    prompt: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """Ask the speakers of the current talk, or post to the wall. The same words under one `key` are stored once.

    `room`, `talk` and `prompt` are where the phone was and what ran when they were written: they may come late.
    """
    event = await context.event(slug)
    device = context.cookies.device(request)
    draft = {"text": text, "name": name, "kind": kind, "key": key}
    if device is None:
        said = Sentence("Your browser did not send our cookie. Please try once more; your words are still here.")
        if _by_program(request):
            raise HTTPException(403, said, context.cookies.try_again(context.now()))
        return await _page(request, context, slug, status=403, said=said, draft=draft)
    if problem := _problem(text, name):
        return await _page(request, context, slug, status=422, said=problem, draft=draft)
    try:
        await context.limit(request, "post", device, POSTS, POSTS_OF_NEW_PHONES)
    except HTTPException as error:
        if _by_program(request):
            raise
        return await _page(request, context, slug, status=429, said=error.detail, draft=draft)
    asked = await asked_there(request, context, event, room, talk) if kind == "ask" else Asked()
    if asked is None:
        return await _page(request, context, slug, status=422, said=SAY_WHERE, draft=draft)
    incoming = _incoming(context, device, asked, text=text, name=name, kind=kind, key=key)
    vouched = (await context.holder(request, event)).may(Role.DELEGATE) is not None
    incoming = replace(incoming, vouched=vouched, prompt_id=(prompt or None) if kind == "post" else None)
    try:
        await context.backchannel.do(receive, event.id, incoming, at=context.now())
    except TakesNothing as error:
        return await _page(request, context, slug, status=409, said=TAKES_NOTHING[error.state], draft=draft)
    if _by_program(request):
        return JSONResponse({"said": say(sent_to(event)), "fresh_key": secrets.token_hex(8)}, 201)
    response = RedirectResponse(f"/e/{slug}?sent=1#mine", 303)
    if kind == "ask" and room and (asked.room_id or room == NOWHERE):
        context.cookies.remember_room(response, event.slug, room)
    return response


async def _page(
    request: Request,
    context: Context,
    slug: str,
    *,
    status: int = 200,
    said: str = "",
    draft: dict[str, str] | None = None,
) -> Response:
    if said and _by_program(request):
        return JSONResponse({"detail": say(said)}, status)
    return await open_floor(request, context, slug, status=status, said=said, draft=draft)


def _by_program(request: Request) -> bool:
    """Our own script asks for JSON and keeps the words by itself; a plain form wants its page."""
    return "application/json" in request.headers.get("accept", "")


def _problem(text: str, name: str) -> str:
    if problem := no_words(text):
        return problem
    return Sentence("Please use a shorter name.") if len(name) > MAX_LETTERS_OF_A_NAME else ""


def _incoming(context: Context, device: str, asked: Asked, *, text: str, name: str, kind: str, key: str) -> Incoming:
    return Incoming(
        source="floor",
        ref=f"{device}:{ref_of(key, kind, name, text)}",
        byline=Byline(handle=f"floor-{device[:10]}", name=name.strip() if has_words(name) else ANONYMOUS),
        text=text.strip(),
        posted_at=context.now(),
        asks_talk_id=asked.talk_id,
        asks_room_id=asked.room_id,
        asks_event=kind == "ask" and asked.talk_id is None,
        device=device,
    )
