"""The floor as one phone sees it: the same page for everybody, and what is its own."""

import secrets
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from app.domain.event import Event, EventKind
from app.domain.policy import Policy
from app.domain.screening.reading.blanks import has_words
from app.domain.sentence import Sentence, counted
from app.domain.source_marks import FLOOR
from app.queries.merged_questions import asked_together
from app.queries.posts import own_posts
from app.queries.questions import question_cards, talks_over, voted_for
from app.views.context import Context
from app.views.floor.limits import MAX_LETTERS
from app.views.floor.rooms import has_said_nowhere, room_of_phone
from app.views.opening import open_view
from app.views.reading.words import LETS_THROUGH, all_wait

_READ = Sentence("Sent. A moderator reads it now.")
_SENT = Sentence("Sent.")


def sent_to(event: Event) -> Sentence:
    return _READ if all_wait(event) else _SENT


async def open_floor(
    request: Request,
    context: Context,
    slug: str,
    *,
    status: int = 200,
    said: str = "",
    draft: dict[str, str] | None = None,
    about: dict[str, Any] | None = None,
) -> Response:
    """The page; `said` is what is wrong with a draft, `about` what is to be said of one of the phone's own posts."""
    event = await context.event(slug)
    here = await room_of_phone(request, context, event)
    response = await open_view(
        request,
        context,
        "floor",
        slug,
        room=here.key if here else "",
        nowhere=has_said_nowhere(request, context, event),
        said=said or (sent_to(event) if request.query_params.get("sent") else ""),
        problem=bool(said),
        sent=sent_to(event),
        lets_through="" if all_wait(event) else LETS_THROUGH[Policy.from_json(event.policy).mode_for(FLOOR.key)],
        draft=draft or {"text": "", "name": "", "kind": _kind(event), "key": secrets.token_hex(8)},
        **await own(request, context, event, about),
    )
    response.status_code = status if response.status_code == 200 else response.status_code
    if context.cookies.device(request) is None:
        context.cookies.give_device(response, context.now())
    return response


def _kind(event: Event) -> str:
    """What a phone is for at first: a chat is answered, speakers are asked."""
    return "post" if event.kind is EventKind.CHAT else "ask"


async def own(request: Request, context: Context, event: Event, about: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the part of one's own needs; `about` is what is to be said of one of the posts."""
    device = context.cookies.device(request)
    nothing: dict[str, Any] = {
        "own": [],
        "voted": set(),
        "votes": [],
        "over": set(),
        "together": {},
        "replies": {},
        "longest": MAX_LETTERS,
    }
    if device is None:
        return {**nothing, "about": {}}

    def look(db: Session) -> dict[str, Any]:
        voted = voted_for(db, event.id, device)
        own = own_posts(db, event.id, device)
        together = asked_together(db, [card.question for card in own if card.question])
        asked = {card.question.id for card in own if card.question} | {one.lead.id for one in together.values()}
        return {
            "own": own,
            "together": together,
            "replies": {one: card.reply.text for one, card in question_cards(db, asked).items() if card.reply},
            "voted": voted,
            "votes": list(question_cards(db, voted).values()),
            "over": talks_over(db, event, context.now()),
        }

    return {**nothing, **await context.backchannel.ask(look), "about": about or {}}


def no_words(text: str) -> str:
    """Why these words cannot be sent, '' if they can."""
    if not has_words(text):
        return Sentence("There is nothing to send yet. Please write something.")
    if len(text) > MAX_LETTERS:
        return counted(
            "That is %(num)d character too long; %(most)d fit.",
            "That is %(num)d characters too long; %(most)d fit.",
            len(text) - MAX_LETTERS,
            most=MAX_LETTERS,
        )
    return ""
