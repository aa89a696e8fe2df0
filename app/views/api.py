"""The JSON API under `/api/v1`, for programs: a Stream Deck, a bot, a script. Its token is a role link's key."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.access import Holder
from app.actions.access import token_hash
from app.actions.moderation import Seen, Settled, approve, hold, reject, stash
from app.actions.questions import NoSuchQuestion, bring_on_stage, dismiss, make_question, mark_answered, reopen
from app.actions.red_buttons import set_screen
from app.actions.undo import undo_last
from app.domain.decision import Actor
from app.domain.event import Access, Event, Role, Screen
from app.domain.post import Author, Post
from app.domain.question import Question, QuestionState
from app.domain.verdict import Verdict
from app.queries.events import opened_by
from app.queries.posts import Card, counts, listed_cards, listed_ids
from app.queries.questions import QuestionCard, question_by_id, question_cards, ranked_ids
from app.views.shell import InShell, Shell

router = APIRouter(prefix="/api/v1", tags=["api"])
_bearer = HTTPBearer(description="The key of a role link: what stands after ?key= in it.")
Token = Annotated[HTTPAuthorizationCredentials, Depends(_bearer)]


class EventState(BaseModel):
    """How an event stands."""

    slug: str
    name: str
    screen: Screen
    waiting: int
    oldest_waiting: datetime | None = Field(description="When the post came in that waits longest.")


class PostState(BaseModel):
    """A post as the desk sees it."""

    id: int
    source: str
    name: str
    handle: str
    text: str
    posted_at: datetime
    version: int = Field(description="Counts the author's edits; send it back with a verdict.")
    verdict: Verdict
    signals: list[dict[str, object]]


class QuestionView(BaseModel):
    """A question of the current talk."""

    id: int
    post_id: int
    text: str
    name: str
    votes: int
    state: QuestionState


class Ruled(BaseModel):
    """A verdict to give. `seen` and `version` make it count only if the post still is as it was seen."""

    verdict: Verdict
    seen: Verdict | None = None
    version: int | None = None
    reason: str = Field(default="", max_length=400)


class Shown(BaseModel):
    screen: Screen


class Moved(BaseModel):
    state: QuestionState


@router.get("/event")
async def event_state(token: Token, shell: InShell) -> EventState:
    """The event that the token is for."""
    event, _ = await _holder(token, shell, Role.SCREEN)
    found = await shell.backchannel.ask(counts, event.id)
    oldest = found.oldest.received_at if found.oldest else None
    return EventState(slug=event.slug, name=event.name, screen=event.screen, waiting=found.held, oldest_waiting=oldest)


@router.put("/event/screen")
async def show(wanted: Shown, token: Token, shell: InShell) -> EventState:
    """Show the feed, hold it still, or blank every wall of the event."""
    event, by = await _holder(token, shell, Role.MODERATOR)
    await shell.backchannel.do(set_screen, event.id, wanted.screen, by=by, at=shell.now())
    return await event_state(token, shell)


@router.get("/posts")
async def list_posts(token: Token, shell: InShell, verdict: Verdict = Verdict.HELD, limit: int = 50) -> list[PostState]:
    """One of the desk's four lists: what waits oldest first, the others newest first."""
    event, _ = await _holder(token, shell, Role.MODERATOR)
    ids = await shell.backchannel.ask(listed_ids, event.id, verdict, max(1, min(limit, 200)))
    cards = await shell.backchannel.ask(listed_cards, ids)
    return [_post(cards[post_id].post, cards[post_id].author) for post_id in ids if post_id in cards]


@router.post("/posts/{post_id}/verdict", responses={409: {"description": "Somebody, or an edit, was there first."}})
async def give_verdict(post_id: int, ruled: Ruled, token: Token, shell: InShell) -> PostState:
    """Approve, reject, stash or hold a post."""
    found, cards = await shell.backchannel.ask(_opened_and_post, token_hash(token.credentials), post_id)
    event, by = _allowed(found, Role.MODERATOR)
    card = cards.get(post_id)
    if card is None or card.post.event_id != event.id:
        raise HTTPException(404, "There is no such post.")
    post = card.post
    seen = Seen(ruled.seen or post.verdict, post.version if ruled.version is None else ruled.version)
    settled = await _settle(shell, ruled, post_id, by=by, seen=seen)
    if not settled.won and settled.post.verdict is not ruled.verdict:
        who = settled.other.by if settled.other else "somebody"
        raise HTTPException(409, f"{who} was quicker: this post is {settled.post.verdict.value}.")
    return _post(settled.post, card.author)


@router.post("/posts/{post_id}/question")
async def ask_from_post(post_id: int, token: Token, shell: InShell) -> QuestionView:
    """Make a post a question for the current talk, approving it if it waits."""
    await give_verdict(post_id, Ruled(verdict=Verdict.APPROVED), token, shell)
    _, by = await _holder(token, shell, Role.MODERATOR)
    question = await shell.backchannel.do(make_question, post_id, by=by, at=shell.now())
    return await _question(shell, question.id)


@router.post("/undo")
async def undo(token: Token, shell: InShell) -> dict[str, str | int | None]:
    """Take back the last thing done with this token's link; null when there is nothing."""
    event, by = await _holder(token, shell, Role.MODERATOR)
    undone = await shell.backchannel.do(undo_last, event.id, by=by, at=shell.now())
    if undone is None:
        return {"subject": None, "subject_id": None}
    return {"subject": undone.subject, "subject_id": undone.subject_id, "from": undone.after, "to": undone.before}


@router.get("/questions")
async def list_questions(token: Token, shell: InShell) -> list[QuestionView]:
    """Questions of the current talk that are open or on stage, most votes first."""
    event, _ = await _holder(token, shell, Role.SPEAKER)
    states = (QuestionState.ON_STAGE, QuestionState.OPEN)
    ids = await shell.backchannel.ask(ranked_ids, event, states, 200)
    cards = await shell.backchannel.ask(question_cards, ids)
    return [_asked(cards[question_id]) for question_id in ids if question_id in cards]


@router.put("/questions/{question_id}/state")
async def move_question(question_id: int, moved: Moved, token: Token, shell: InShell) -> QuestionView:
    """Bring a question on stage, mark it answered, dismiss it or open it again."""
    event, by = await _holder(token, shell, Role.SPEAKER)
    known = await shell.backchannel.ask(question_by_id, question_id)
    verb = {
        QuestionState.ON_STAGE: bring_on_stage,
        QuestionState.ANSWERED: mark_answered,
        QuestionState.DISMISSED: dismiss,
        QuestionState.OPEN: reopen,
    }.get(moved.state)
    if known is None or known.event_id != event.id or verb is None:
        raise HTTPException(404, "There is no such question, or no such state.")
    try:
        question: Question = await shell.backchannel.do(verb, question_id, by=by, at=shell.now())
    except NoSuchQuestion:
        raise HTTPException(409, "This question is not to be seen any more.") from None
    return await _question(shell, question.id)


async def _holder(token: HTTPAuthorizationCredentials, shell: Shell, role: Role) -> tuple[Event, Actor]:
    return _allowed(await shell.backchannel.ask(opened_by, token_hash(token.credentials)), role)


def _opened_and_post(db: Session, key: str, post_id: int) -> tuple[tuple[Access, Event] | None, dict[int, Card]]:
    return opened_by(db, key), listed_cards(db, [post_id])


def _allowed(found: tuple[Access, Event] | None, role: Role) -> tuple[Event, Actor]:
    if found is None:
        raise HTTPException(401, "This key does not hold.", {"WWW-Authenticate": "Bearer"})
    access, event = found
    holder = Holder((access,))
    if holder.may(role) is None:
        raise HTTPException(403, f"This needs the key of a {role.value} link.")
    return event, holder.actor(role)


async def _settle(shell: Shell, ruled: Ruled, post_id: int, *, by: Actor, seen: Seen) -> Settled:
    if ruled.verdict is Verdict.REJECTED:
        return await shell.backchannel.do(reject, post_id, by=by, at=shell.now(), seen=seen, reason=ruled.reason)
    verb = {Verdict.APPROVED: approve, Verdict.STASHED: stash, Verdict.HELD: hold}[ruled.verdict]
    return await shell.backchannel.do(verb, post_id, by=by, at=shell.now(), seen=seen)


async def _question(shell: Shell, question_id: int) -> QuestionView:
    return _asked((await shell.backchannel.ask(question_cards, [question_id]))[question_id])


def _post(post: Post, author: Author) -> PostState:
    return PostState(
        id=post.id,
        source=post.source,
        name=author.name,
        handle=author.handle,
        text=post.text,
        posted_at=post.posted_at,
        version=post.version,
        verdict=post.verdict,
        signals=post.signals,
    )


def _asked(card: QuestionCard) -> QuestionView:
    question = card.question
    return QuestionView(
        id=question.id,
        post_id=card.post.id,
        text=card.post.text,
        name=card.author.name,
        votes=question.votes,
        state=question.state,
    )
