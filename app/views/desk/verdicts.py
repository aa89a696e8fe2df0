"""Verdicts on posts: `POST /posts/7/approval` gives one, `DELETE` takes it back."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from sqlmodel import Session

from app.actions.agreements import Agreed
from app.actions.delays import stop_delay
from app.actions.moderation import MAX_POSTS_AT_ONCE, Seen, Settled, approve, hold, reject, settle_many, stash
from app.actions.questions import make_question, take_question_back
from app.actions.reveals import reveal
from app.actions.undo import undo_on
from app.domain.decision import Actor
from app.domain.declined import Declined
from app.domain.event import Event, Role
from app.domain.post import Post
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.posts import post_by_id
from app.views.access import Holder, event_and_holder
from app.views.context import Context, InContext, allowed, answer

router = APIRouter()

SeenVerdict = Annotated[Verdict | None, Form()]
SeenVersion = Annotated[int | None, Form()]

VERBS: dict[str, tuple[Callable[..., Settled], Verdict, str]] = {
    "approval": (approve, Verdict.APPROVED, "Approved."),
    "rejection": (reject, Verdict.REJECTED, "Rejected."),
    "stash": (stash, Verdict.STASHED, "Kept for later."),
    "hold": (hold, Verdict.HELD, "Back in the queue."),
}


@router.post("/posts/{post_id}/{verdict}")
async def give_verdict(
    post_id: int,
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
    if verdict not in VERBS:
        raise HTTPException(404)
    post, event, by = await _asked_by(post_id, request, context)
    verb, wanted, said = VERBS[verdict]
    more: dict[str, Any] = {"reason": reason, "declined_as": declined_as} if verb is reject else {}
    if verb is not hold:
        more["with_alike"] = alike
    settled = await context.backchannel.do(
        verb, post_id, by=by, at=context.now(), seen=_seen(post, seen, version), **more
    )
    if settled.agreed is not None:
        return _agreed(request, context, settled, _desk(event))
    if not settled.won and settled.post.verdict is not wanted:
        return _conflict(request, context, settled)
    if settled.along:
        others = "the other one is declined as said" if verb is approve else "so is the other one like it"
        many = f"the {settled.along} others are declined as said" if verb is approve else f"so are {settled.along} more"
        said = f"{said.rstrip('.')}; {others if settled.along == 1 else many}."
    return answer(request, context, said, back=_desk(event), post_id=post_id, verdict=settled.post.verdict)


@router.post("/e/{slug}/verdicts/{verdict}")
async def give_many(
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
    if verdict not in VERBS:
        raise HTTPException(404)
    _, wanted, said = VERBS[verdict]
    chosen = [_chosen(entry) for entry in post[:MAX_POSTS_AT_ONCE]]
    settled = await context.backchannel.do(
        settle_many, event.id, chosen, wanted, by=by, at=context.now(), declined_as=declined_as
    )
    won = sum(one.won for one in settled)
    agreed = sum(one.agreed is Agreed.FIRST for one in settled)
    lost = len(settled) - won - agreed
    words = [f"{won} posts: {said[0].lower()}{said[1:]}" if won != 1 else f"One post: {said[0].lower()}{said[1:]}"]
    if agreed:
        words.append(f"{agreed} with personal data need a second person.")
    if lost:
        words.append(f"{lost} had been decided by somebody else.")
    return answer(
        request,
        context,
        " ".join(words),
        status=409 if lost and not won else 200,
        back=_desk(event),
        won=won,
        lost=lost,
    )


def _chosen(entry: str) -> tuple[int, Seen]:
    try:
        post_id, seen, version = entry.split(":")
        return int(post_id), Seen(Verdict(seen), int(version))
    except ValueError:
        raise HTTPException(422, "Each post is named as id:verdict:version.") from None


@router.delete("/posts/{post_id}/{verdict}")
async def take_verdict_back(post_id: int, verdict: str, request: Request, context: InContext) -> Response:
    """Undo: the post goes back to what it was before that verdict."""
    post, event, by = await _asked_by(post_id, request, context)
    if verdict == "question":
        await context.backchannel.do(take_question_back, post_id, by=by, at=context.now())
        return answer(request, context, "No question any more.", back=_desk(event), post_id=post_id)
    if verdict not in VERBS:
        raise HTTPException(404)
    _, given, _ = VERBS[verdict]
    undone = await context.backchannel.do(
        undo_on, post.event_id, Subject.POST, post_id, given.value, by=by, at=context.now()
    )
    said = "Taken back." if undone else "It was decided otherwise meanwhile; nothing was changed."
    return answer(request, context, said, status=200 if undone else 409, back=_desk(event), post_id=post_id)


async def _make_question(
    post_id: int, request: Request, context: Context, seen: Verdict | None, version: int | None
) -> Response:
    """A question must be seen to be asked, so a post that still waits is approved with it."""
    post, event, by = await _asked_by(post_id, request, context)
    if post.verdict is not Verdict.APPROVED:
        settled = await context.backchannel.do(
            approve, post_id, by=by, at=context.now(), seen=_seen(post, seen, version)
        )
        if settled.agreed is not None:
            return _agreed(request, context, settled, _desk(event))
        if settled.post.verdict is not Verdict.APPROVED:
            return _conflict(request, context, settled)
    question = await context.backchannel.do(make_question, post_id, by=by, at=context.now())
    return answer(
        request,
        context,
        "Now a question.",
        back=_desk(event),
        post_id=post_id,
        question_id=question.id,
    )


async def _reveal(post_id: int, request: Request, context: Context) -> Response:
    """The covered text, for whoever asks only; it is written down that they did."""
    _, event, by = await _asked_by(post_id, request, context)
    post = await context.backchannel.do(reveal, post_id, by=by, at=context.now())
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"post_id": post_id, "text": post.text})
    return context.page("revealed.html", {"event": event, "post": post, "back": _desk(event)})


async def _stop(post_id: int, request: Request, context: Context) -> Response:
    _, event, by = await _asked_by(post_id, request, context)
    stopped = await context.backchannel.do(stop_delay, post_id, by=by, at=context.now())
    said = "Stopped: it waits for a moderator." if stopped else "It does not show itself: it waits, or was decided."
    return answer(request, context, said, status=200 if stopped else 409, back=_desk(event), post_id=post_id)


async def _asked_by(post_id: int, request: Request, context: Context) -> tuple[Post, Event, Actor]:
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


def _seen(post: Post, verdict: Verdict | None, version: int | None) -> Seen:
    return Seen(verdict or post.verdict, post.version if version is None else version)


def _conflict(request: Request, context: Context, settled: Settled) -> Response:
    post, other = settled.post, settled.other
    who = other.by if other is not None else "Somebody"
    if post.withdrawn_at is not None:
        said = "Its author has taken this post away."
    elif other is not None and other.reason == "edited by its author":
        said = "Its author has just edited this post. Look again."
    else:
        said = f"{who} was quicker: this post is {post.verdict.value}."
    return answer(request, context, said, status=409, post_id=post.id, verdict=post.verdict)


def _agreed(request: Request, context: Context, settled: Settled, back: str) -> Response:
    if settled.agreed is Agreed.FIRST:
        said = "You agree. It has personal data, so a second person must agree before it is shown."
        return answer(request, context, said, status=202, back=back, post_id=settled.post.id, verdict="held")
    said = "You have agreed already. Somebody else must agree before it is shown."
    return answer(request, context, said, status=409, back=back, post_id=settled.post.id, verdict="held")


def _desk(event: Event) -> str:
    return f"/e/{event.slug}/desk"
