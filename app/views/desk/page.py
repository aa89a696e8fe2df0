"""The desk: the moderators' inbox."""

import builtins
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from sqlmodel import Session

from app.actions.microphone import ask_aloud
from app.domain.access import Role
from app.domain.event import Event
from app.domain.incoming import Byline, Incoming
from app.domain.network import Networks
from app.domain.question import QuestionState
from app.domain.rejection_reasons import Declined
from app.domain.screening.reading.blanks import has_words
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.desk import Search, decided_ids, desk_cards, found_ids, queue_ids
from app.queries.desk_card import DeskCard
from app.queries.desk_paging import Place, place_said
from app.queries.overruled_rules import rules_overruled
from app.queries.posts import counts
from app.queries.programme import all_talks
from app.queries.rooms import room_at
from app.queries.seats import present
from app.queries.sources import one_each
from app.queries.takedowns import takedowns_waiting
from app.views.context import InContext, answer
from app.views.desk.keys import KEYS
from app.views.desk.scenes import scene_row
from app.views.line_breaks import Typed
from app.views.list_lengths import LISTED_ON_DESK
from app.views.listings import (
    Addresses,
    desk_list,
    everything_on_stage,
    frame,
    open_elsewhere,
    ranked_questions,
    single,
)
from app.views.opening import open_view, require, room_of_page
from app.views.row_ids import AskedId
from app.views.sent_once import ref_of
from app.views.stage.backstage import told_the_stage
from app.views.view import View, name_of

router = APIRouter()
LISTS = tuple(verdict.value for verdict in Verdict)


def desk(addresses: Addresses, networks: Networks) -> View:
    return View(
        name="desk",
        template="desk.html",
        role=Role.MODERATOR,
        parts=(
            frame(addresses, "parts/desk_frame.html"),
            single(
                "counts",
                "parts/desk_counts.html",
                {Subject.POST, Subject.TALK},
                lambda db, event: counts(db, event.id),
                lambda room_id: lambda db, event: counts(db, event.id, room_id),
            ),
            single("takedowns", "parts/desk_takedowns.html", {Subject.TAKEDOWN}, takedowns_waiting),
            single(
                "overruled", "parts/desk_overruled.html", {Subject.POST, Subject.EVENT, Subject.RULE}, rules_overruled
            ),
            single("looking", "parts/desk_seats.html", {Subject.SEAT}, present),
            single(
                "sources",
                "parts/desk_sources.html",
                {Subject.SOURCE},
                lambda db, event: [
                    source
                    for source in one_each(db, event, networks.keys, networks.resting)
                    # One that nobody ever switched on is no news.
                    if source.enabled or source.kind not in networks.resting or source.last_post_at
                ],
            ),
            scene_row(),
            told_the_stage(),
            everything_on_stage("parts/desk_onstage.html"),
            ranked_questions("questions", (QuestionState.OPEN,), part="parts/desk_question.html"),
            open_elsewhere("parts/desk_question.html"),
            *(desk_list(verdict) for verdict in Verdict),
        ),
        more=lambda db, event: {"programme": all_talks(db, event.id), "keys": KEYS},
    )


@router.get("/e/{slug}/r/{room}/desk")
@router.get("/e/{slug}/desk")
async def desk_page(
    slug: str,
    request: Request,
    context: InContext,
    room: str = "",
    list: str = "held",  # noqa: A002 - a word of our addresses
    q: Annotated[str, Query(max_length=200)] = "",
    source: Annotated[str, Query(max_length=16)] = "",
    doubt: Annotated[str, Query(max_length=32)] = "",
    author: AskedId = 0,
    like: Annotated[str, Query(max_length=32)] = "",
    after: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """One of the four lists; with words or filters what a search finds in it, with a card's place what comes after."""
    chosen = Verdict(list) if list in LISTS else Verdict.HELD
    wanted = Search(words=q, source=source, doubt=doubt, author=author, like=like)
    place = place_said(chosen, after)
    more: dict[str, Any] = {"chosen": chosen.value, "wanted": wanted, "after": place, "reasons": Declined}
    more |= {"found": [], "further": "", "listed_at_once": LISTED_ON_DESK}
    looks_further = bool(wanted) or place is not None
    if looks_further and "key" not in request.query_params:
        event = await context.event(slug)
        await require(request, context, context.views["desk"], event)
        found = await context.backchannel.ask(_found, event.id, chosen, wanted, place, room)
        more |= {"found": found[:LISTED_ON_DESK], "query": _query(chosen, wanted)}
        more["further"] = found[LISTED_ON_DESK - 1].sort_key if len(found) > LISTED_ON_DESK else ""
        if request.headers.get("hx-request"):
            return context.page("parts/desk_found.html", {"event": event, **more})
    without = {name for name in LISTS if looks_further or name != chosen.value}
    return await open_view(request, context, "desk", slug, room=room, without=without, **more)


def _found(
    db: Session, event_id: int, verdict: Verdict, wanted: Search, after: Place | None, room: str
) -> builtins.list[DeskCard]:
    """A page of what is looked for, and one more if there is one."""
    event, limit = db.get_one(Event, event_id), LISTED_ON_DESK + 1
    here = room_at(db, event_id, room) if room else None
    room_id = here.id if here else None
    if wanted:
        ids = found_ids(db, event, verdict, wanted, limit, after)
    elif verdict is Verdict.HELD:
        ids = queue_ids(db, event, limit, after, room_id)
    else:
        ids = decided_ids(db, event, verdict, limit, after, room_id)
    cards = desk_cards(db, ids)
    return [cards[post_id] for post_id in ids]


def _query(chosen: Verdict, wanted: Search) -> str:
    """The address of a list, or of what is looked for in it, to go on from."""
    asked = {"q": wanted.words, "source": wanted.source, "doubt": wanted.doubt, "like": wanted.like}
    asked |= {"author": str(wanted.author) if wanted.author else "", "list": chosen.value}
    return urlencode({name: said for name, said in asked.items() if said})


@router.post("/e/{slug}/microphone")
async def from_the_microphone(
    slug: str,
    request: Request,
    context: InContext,
    text: Annotated[Typed, Form(max_length=2_000)] = "",
    name: Annotated[str, Form(max_length=60)] = "",
    key: Annotated[str, Form()] = "",
) -> Response:
    """A question asked aloud joins the list like all others; the moderator who types it has approved it."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    if not has_words(text):
        return answer(request, context, "Type the question first.", status=422, back=f"/e/{slug}/desk")
    spoken = Incoming(
        source="floor",
        ref=f"microphone:{ref_of(key, name, text)}",
        byline=Byline(handle="microphone", name=name.strip() if has_words(name) else "From the room"),
        text=text.strip(),
        posted_at=context.now(),
    )
    room = await room_of_page(request, context, event)
    question = await context.backchannel.do(ask_aloud, event.id, spoken, by=by, at=context.now(), room_id=room)
    if question is None:
        said = Sentence("It looks personal, so a second person must agree: it waits in the queue.")
        return answer(request, context, said, back=f"/e/{slug}/desk")
    return answer(request, context, "Added to the questions.", back=f"/e/{slug}/desk", question_id=question.id)


@router.get("/e/{slug}/presence")
async def presence(slug: str, request: Request, context: InContext) -> Response:
    """Who listens now, in all processes. Asked for every few seconds: it is in no log."""
    event = await context.event(slug)
    await context.actor(request, event.id, Role.MODERATOR)
    present = await context.bus.present()
    found = dict.fromkeys(("floor", "wall", "stage", "desk"), 0)
    for key, number in present.items():
        of_event, _, followed_as = key.partition("/")
        view = name_of(followed_as)
        if of_event == str(event.id) and view in found:
            found[view] += number
    return context.page("parts/desk_presence.html", {"present": found})
