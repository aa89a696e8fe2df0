"""Verdicts on posts: `POST /posts/7/approval` gives one, `DELETE` takes it back."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from sqlmodel import Session

from app.actions.delays import STOPPED
from app.actions.second_person import AGREED, Agreed
from app.actions.undo import undo_question
from app.actions.verdicts import MAX_POSTS_AT_ONCE, Seen, Settled
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.post import Post
from app.domain.rejection_reasons import Declined
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.posts import post_by_id
from app.views.context import Context, InContext, allowed, answer
from app.views.cookies import Holder, event_and_holder
from app.views.desk.toasts import of_many, of_one
from app.views.opening import room_of_page
from app.views.pages_and_api import posts, questions
from app.views.pages_and_api.undo import take_back
from app.views.pages_and_api.verdict_refusals import NO_DELAY, why_not
from app.views.pages_and_api.verdicts import as_seen, give, give_many
from app.views.row_ids import LARGEST_ID, Number

router = APIRouter()

SeenVerdict = Annotated[Verdict | None, Form()]
SeenVersion = Annotated[int | None, Form(ge=0, le=LARGEST_ID)]

BY_ADDRESS = {
    "approval": Verdict.APPROVED,
    "rejection": Verdict.REJECTED,
    "stash": Verdict.STASHED,
    "hold": Verdict.HELD,
}
TAKEN_BACK: dict[str, tuple[Subject, str]] = {
    **{name: (Subject.POST, verdict.value) for name, verdict in BY_ADDRESS.items()},
    "agreement": (Subject.AGREEMENT, AGREED),
    "stop": (Subject.DELAY, STOPPED),
}
"""What a DELETE takes back: a decision about what, and to what it had led."""


@router.post("/posts/{post_id}/{verdict}")
async def give_verdict(
    post_id: Number,
    verdict: str,
    request: Request,
    context: InContext,
    seen: SeenVerdict = None,
    version: SeenVersion = None,
    reason: Annotated[str, Form(max_length=400)] = "",
    declined_as: Annotated[Declined | Literal[""], Form()] = "",
    alike: Annotated[bool, Form()] = False,
) -> Response:
    """Give a verdict, with `alike` to all that says the same. 409 with what stands if somebody was there first."""
    if verdict == "reveal":
        return await _reveal(post_id, request, context)
    if verdict == "stop":
        return await _stop(post_id, request, context)
    if verdict == "question":
        return await _make_question(post_id, request, context, seen, version)
    if verdict not in BY_ADDRESS:
        raise HTTPException(404)
    post, event, by = await asked_by(post_id, request, context)
    wanted = BY_ADDRESS[verdict]
    before = as_seen(post, seen, version, shows=wanted is Verdict.APPROVED)
    settled = await give(context, post, wanted, by=by, seen=before, reason=reason, declined_as=declined_as, alike=alike)
    if not settled.stands_as(wanted):
        return _stopped(request, context, settled, desk_of(event))
    said, undo = of_one(wanted, settled.along), f"/posts/{post_id}/{verdict}"
    return answer(request, context, said, back=desk_of(event), undo=undo, post_id=post_id, verdict=settled.post.verdict)


@router.post("/e/{slug}/verdicts/{verdict}")
async def give_to_chosen(
    slug: str,
    verdict: str,
    request: Request,
    context: InContext,
    post: Annotated[list[str], Form()],
    declined_as: Annotated[Declined | Literal[""], Form()] = "",
) -> Response:
    """One verdict for many posts, each as `id:verdict seen:version`. Those that somebody else decided are told."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    if verdict not in BY_ADDRESS:
        raise HTTPException(404)
    wanted = BY_ADDRESS[verdict]
    chosen = [_chosen(entry) for entry in post[:MAX_POSTS_AT_ONCE]]
    settled = await give_many(context, event, chosen, wanted, by=by, declined_as=declined_as)
    won = sum(one.won for one in settled)
    agreed = sum(one.agreed is Agreed.FIRST for one in settled)
    lost = len(settled) - won - agreed
    return answer(
        request,
        context,
        of_many(wanted, won, agreed, lost),
        status=409 if lost and not won else 200,
        back=desk_of(event),
        won=won,
        lost=lost,
    )


def _chosen(entry: str) -> tuple[int, Seen]:
    found = _CHOSEN.fullmatch(entry)
    if found is None or found[2] not in set(Verdict):
        raise HTTPException(422, "Each post is named as id:verdict:version.")
    return int(found[1]), Seen(Verdict(found[2]), int(found[3]))


_CHOSEN = re.compile(r"([0-9]{1,9}):([a-z]+):([0-9]{1,9})")


@router.delete("/posts/{post_id}/{verdict}")
async def take_verdict_back(post_id: Number, verdict: str, request: Request, context: InContext) -> Response:
    """Undo: the post goes back to what it was before that verdict, that agreement, or that stop of its delay."""
    post, event, by = await asked_by(post_id, request, context)
    if verdict == "question":
        await context.backchannel.do(undo_question, post_id, by=by, at=context.now())
        return answer(request, context, "No question any more.", back=desk_of(event), post_id=post_id)
    if verdict not in TAKEN_BACK:
        raise HTTPException(404)
    subject, after = TAKEN_BACK[verdict]
    undone = await take_back(context, post.event_id, subject, post_id, after, by=by)
    said = Sentence("Taken back.") if undone else Sentence("It was decided otherwise meanwhile; nothing was changed.")
    return answer(request, context, said, status=200 if undone else 409, back=desk_of(event), post_id=post_id)


async def _make_question(
    post_id: int, request: Request, context: Context, seen: Verdict | None, version: int | None
) -> Response:
    """A question must be seen to be asked, so a post that still waits is approved with it."""
    post, event, by = await asked_by(post_id, request, context)
    before = as_seen(post, seen, version, shows=True)
    room = await room_of_page(request, context, event)
    made = await questions.make(context, post, by=by, seen=before, room_id=room)
    if isinstance(made, Settled):
        return _stopped(request, context, made, desk_of(event))
    undo = f"/posts/{post_id}/question"
    return answer(
        request, context, "Now a question.", back=desk_of(event), undo=undo, post_id=post_id, question_id=made.id
    )


async def _reveal(post_id: int, request: Request, context: Context) -> Response:
    """All that is covered, for whoever asks only; it is written down that they did."""
    _, event, by = await asked_by(post_id, request, context)
    card = await posts.uncover(context, post_id, by=by)
    if "application/json" in request.headers.get("accept", ""):
        fields = {f"{field}-{place}": card.uncovered(field, place) for field, place in card.fields}
        return JSONResponse({"post_id": post_id, "text": card.post.text, "fields": fields})
    return context.page("desk_revealed.html", {"event": event, "card": card, "back": desk_of(event)})


async def _stop(post_id: int, request: Request, context: Context) -> Response:
    _, event, by = await asked_by(post_id, request, context)
    stopped = await posts.keep_waiting(context, post_id, by=by)
    said = Sentence("Stopped: it waits for a moderator.") if stopped else NO_DELAY
    status, undo = (200, f"/posts/{post_id}/stop") if stopped else (409, "")
    return answer(request, context, said, status=status, back=desk_of(event), undo=undo, post_id=post_id)


async def asked_by(post_id: int, request: Request, context: Context) -> tuple[Post, Event, Actor]:
    """The post, its Event, and who wants something of it, read at once. Raises 404 and 403."""

    def look(db: Session) -> tuple[Post | None, Event | None, Holder]:
        post = post_by_id(db, post_id)
        return (
            (post, *event_and_holder(db, post.event_id, context.links_of(request)))
            if post
            else (None, None, Holder(()))
        )

    post, event, found = await context.backchannel.ask(look)
    if post is None or event is None:
        raise HTTPException(404, "There is no such post.")
    return post, event, allowed(event, found, Role.MODERATOR)


def _stopped(request: Request, context: Context, settled: Settled, back: str) -> Response:
    """The answer to somebody whose verdict does not count, or not yet."""
    facts = {"post_id": settled.post.id, "verdict": settled.post.verdict}
    first = settled.agreed is Agreed.FIRST
    status, undo = (202, f"/posts/{settled.post.id}/agreement") if first else (409, "")
    return answer(request, context, why_not(settled), status=status, back=back, undo=undo, **facts)


def desk_of(event: Event) -> str:
    return f"/e/{event.slug}/desk"
