"""The desk for programs: lists, verdicts one by one or many, reveals, claims, authors, undo."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from sqlmodel import Session

from app.actions.author_renames import NotTaken
from app.actions.links import token_hash
from app.actions.second_person import Agreed
from app.actions.verdicts import Seen, Settled
from app.domain.access import Access, Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.post import Post
from app.domain.stored_json import Text
from app.domain.verdict import Verdict
from app.queries.decisions import taken_back_by
from app.queries.desk import Search, decided_ids, desk_cards, found_ids, queue_ids
from app.queries.desk_card import DeskCard
from app.queries.desk_paging import Place, place_of
from app.queries.links import opened_by
from app.queries.posts import author_by_id, post_by_id
from app.queries.rooms import whereabouts
from app.views.api.post_shapes import (
    Claimed,
    MadeQuestion,
    ManyRuled,
    ManySettled,
    PostState,
    Ruled,
    Sitting,
    Stands,
    Taken,
    post_state,
)
from app.views.api.questions import QuestionView, question_view
from app.views.api.token import Token, allowed_by_token, token_holder
from app.views.context import Context, InContext
from app.views.pages_and_api import authors, posts, questions
from app.views.pages_and_api.seats import sit_down
from app.views.pages_and_api.undo import undo_newest
from app.views.pages_and_api.verdict_refusals import NO_DELAY, why_not
from app.views.pages_and_api.verdicts import as_seen, give, give_many
from app.views.row_ids import LARGEST_ID, Number

router = APIRouter(prefix="/api/v1", tags=["desk"])

Answers = dict[int | str, dict[str, Any]]
CONFLICT: Answers = {409: {"description": "Somebody, or an edit, was there first; or the same person agreed twice."}}
UNSEEN: Answers = {428: {"description": "It has changed since it came, and no `version` says which form was seen."}}
PLACE = r"^(-?[0-9]{1,16}_[0-9]{1,9})?$"
LINKED: Answers = {
    200: {
        "headers": {"Link": {"description": "Where the next page is; none on the last.", "schema": {"type": "string"}}}
    }
}
NO_POST: Answers = {404: {"description": "There is no such post in this event."}}
SECOND: Answers = {202: {"description": "You agree; a second person must agree before it is shown."}}


@router.get("/posts", responses=LINKED)
async def list_posts(
    request: Request,
    response: Response,
    token: Token,
    context: InContext,
    verdict: Verdict = Verdict.HELD,
    q: Annotated[Text, Query(max_length=200, description="Words in text, name or handle.")] = "",
    source: Annotated[Text, Query(max_length=16)] = "",
    doubt: Annotated[Text, Query(max_length=40, description="A category of signals, such as privacy.")] = "",
    author: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
    like: Annotated[Text, Query(max_length=32)] = "",
    after: Annotated[str, Query(pattern=PLACE, description="Go on after this place; Link names the next.")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[PostState]:
    """A page of one of the desk's four lists in its order, or of what a search finds in it."""
    event, _ = await token_holder(token, context, Role.MODERATOR)
    wanted = Search(words=q, source=source, doubt=doubt, author=author, like=like)
    key, _, post_id = after.partition("_")
    place = Place(int(key), int(post_id)) if after else None
    cards, following = await context.backchannel.ask(_listed, event.id, verdict, wanted, limit, place)
    if following is not None:
        url = request.url.include_query_params(after=f"{following.key}_{following.id}")
        response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return [post_state(card) for card in cards]


@router.post("/posts/{post_id}/verdict", responses={**CONFLICT, **SECOND, **UNSEEN})
async def give_verdict(
    post_id: Number, ruled: Ruled, token: Token, context: InContext, response: Response
) -> PostState:
    """Approve, reject, stash or hold a post."""
    settled = await _give(post_id, ruled, token, context)
    if settled.agreed is Agreed.FIRST:
        response.status_code = 202
    return await _state(post_id, context)


@router.post("/posts/verdicts")
async def give_verdicts(ruled: ManyRuled, token: Token, context: InContext) -> ManySettled:
    """One verdict for many posts; each counts by itself, and one undo takes them all back."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    chosen = [(one.id, Seen(one.seen, one.version)) for one in ruled.posts]
    settled = await give_many(context, event, chosen, ruled.verdict, by=by, declined_as=ruled.declined_as)
    agreed = [one.post.id for one in settled if one.agreed is Agreed.FIRST]
    won = [one.post.id for one in settled if one.won]
    known = {*agreed, *won}
    return ManySettled(won=won, agreed=agreed, lost=[one.id for one in ruled.posts if one.id not in known])


@router.post("/posts/{post_id}/question", responses={**CONFLICT, **UNSEEN})
async def ask_from_post(
    post_id: Number, token: Token, context: InContext, asked: MadeQuestion | None = None
) -> QuestionView:
    """Make a post a question for the current talk, approving it if it waits."""
    post, by = await _own(post_id, token, context)
    asked = asked or MadeQuestion()
    seen = as_seen(post, asked.seen, asked.version, shows=True)
    made = await questions.make(context, post, by=by, seen=seen)
    if isinstance(made, Settled):
        raise HTTPException(409, why_not(made))
    return await question_view(context, made.id)


@router.post("/posts/{post_id}/reveal")
async def reveal_post(post_id: Number, token: Token, context: InContext) -> PostState:
    """A post with nothing covered. It is written down that you looked."""
    _, by = await _own(post_id, token, context)
    return post_state(await posts.uncover(context, post_id, by=by), covered=False)


@router.post("/posts/{post_id}/stop", responses=CONFLICT)
async def stop(post_id: Number, token: Token, context: InContext) -> PostState:
    """Keep a post from showing itself: it waits for a person."""
    _, by = await _own(post_id, token, context)
    if not await posts.keep_waiting(context, post_id, by=by):
        raise HTTPException(409, NO_DELAY)
    return await _state(post_id, context)


@router.post("/posts/{post_id}/name", responses=CONFLICT)
async def take_name(post_id: Number, token: Token, context: InContext, taken: Taken | None = None) -> PostState:
    """Sign a post with what its author goes by now."""
    _, by = await _own(post_id, token, context)
    try:
        await posts.sign_anew(context, post_id, by=by, seen=taken.mark if taken else "")
    except NotTaken as refused:
        raise HTTPException(409, refused.sentence) from None
    return await _state(post_id, context)


@router.put("/authors/{author_id}/standing")
async def stand(author_id: Number, wanted: Stands, token: Token, context: InContext) -> Stands:
    """Block an author with all of theirs, trust them, or neither."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    author = await context.backchannel.ask(author_by_id, author_id)
    if author is None or author.event_id != event.id:
        raise HTTPException(404, "There is no such author.")
    await authors.stand(context, author, wanted.standing, by=by)
    return wanted


@router.post("/seat", responses=NO_POST)
async def sit(sitting: Sitting, token: Token, context: InContext) -> Claimed:
    """Say that you are there, and claim the post you look at for 25 seconds."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    claim = await sit_down(context, event, sitting.tab, sitting.post_id, by=by)
    return Claimed(taken_by=claim.taken_by)


@router.post("/undo")
async def undo(
    token: Token,
    context: InContext,
    whose: Annotated[Literal["mine", "anyone"], Query(description="The last thing you did, or anybody.")] = "mine",
) -> dict[str, str | int | None]:
    """Take back the last thing done with this token's link, or by anyone; null when there is nothing."""
    event, by = await token_holder(token, context, Role.MODERATOR)
    anyone = whose == "anyone"
    undone = await undo_newest(context, event.id, by=by, anyones=anyone)
    if undone is None:
        return {"subject": None, "subject_id": None}
    undoing = await context.backchannel.ask(taken_back_by, undone.id)
    return {
        "subject": undone.subject,
        "subject_id": undone.subject_id,
        "from": undone.after,
        "to": undoing.after if undoing else undone.before,
        "by": undone.by,
    }


def _listed(
    db: Session, event_id: int, verdict: Verdict, wanted: Search, limit: int, after: Place | None
) -> tuple[list[DeskCard], Place | None]:
    """A page, and the place after which the next one begins; None if this was the last."""
    event = db.get_one(Event, event_id)
    if wanted:
        ids = found_ids(db, event, verdict, wanted, limit + 1, after)
    elif verdict is Verdict.HELD:
        ids = queue_ids(db, event, limit + 1, after)
    else:
        ids = decided_ids(db, event, verdict, limit + 1, after)
    cards = desk_cards(db, ids[:limit])
    page = [cards[post_id] for post_id in ids[:limit]]
    running = whereabouts(db, event).running
    return page, place_of(page[-1].post, running) if len(ids) > limit else None


def _opened_and_post(db: Session, key: str, post_id: int) -> tuple[tuple[Access, Event] | None, Post | None]:
    return opened_by(db, key), post_by_id(db, post_id)


async def _own(post_id: int, token: Token, context: Context) -> tuple[Post, Actor]:
    """A post of the token's Event, and who acts. Raises 401, 403 and 404."""
    found, post = await context.backchannel.ask(_opened_and_post, token_hash(token.credentials), post_id)
    event, by = allowed_by_token(found, Role.MODERATOR)
    if post is None or post.event_id != event.id:
        raise HTTPException(404, "There is no such post.")
    return post, by


async def _state(post_id: int, context: Context) -> PostState:
    return post_state((await context.backchannel.ask(desk_cards, [post_id]))[post_id])


async def _give(post_id: int, ruled: Ruled, token: Token, context: Context) -> Settled:
    post, by = await _own(post_id, token, context)
    seen = as_seen(post, ruled.seen, ruled.version, shows=ruled.verdict is Verdict.APPROVED)
    reasons = {"reason": ruled.reason, "declined_as": ruled.declined_as}
    settled = await give(context, post, ruled.verdict, by=by, seen=seen, alike=ruled.alike, **reasons)
    if settled.stands_as(ruled.verdict) or settled.agreed is Agreed.FIRST:
        return settled
    raise HTTPException(409, why_not(settled))
