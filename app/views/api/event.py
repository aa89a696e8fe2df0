"""The JSON API under `/api/v1`, for programs: the event and its red buttons, the questions. Posts are in `api_desk`."""

from datetime import datetime

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from app.actions.questions import NoSuchQuestion, bring_on_stage, dismiss, mark_answered, reopen
from app.actions.red_buttons import clear_wall, set_intake, set_screen
from app.domain.event import Role, Screen
from app.domain.policy import Intake
from app.domain.question import Question, QuestionState
from app.queries.posts import counts
from app.queries.questions import QuestionCard, question_by_id, question_cards, ranked_ids
from app.queries.seats import present
from app.views.api.token import Token, token_holder
from app.views.context import InShell, Shell

router = APIRouter(prefix="/api/v1", tags=["event"])


class EventState(BaseModel):
    """How an event stands."""

    slug: str
    name: str
    screen: Screen = Field(description="What the walls show: the feed, the feed as it stood, or the holding slide.")
    intake: Intake = Field(description="What gets in without a person: by the rules, nothing, or trusted authors only.")
    waiting: int
    oldest_waiting: datetime | None = Field(description="When the post came in that waits longest.")
    at_the_desk: list[str] = Field(description="Who sits at a desk now.")
    alarm: str = Field(description="What is wrong at the desk: waiting, nobody, or nothing.")


class QuestionView(BaseModel):
    """A question of the current talk."""

    id: int
    post_id: int
    text: str
    name: str
    votes: int
    state: QuestionState


class Shown(BaseModel):
    screen: Screen


class Admitted(BaseModel):
    intake: Intake


class Moved(BaseModel):
    state: QuestionState


@router.get("/event")
async def event_state(token: Token, shell: InShell) -> EventState:
    """The event that the token is for."""
    event, _ = await token_holder(token, shell, Role.SCREEN)
    found = await shell.backchannel.ask(counts, event.id)
    seated = await shell.backchannel.ask(present, event)
    return EventState(
        slug=event.slug,
        name=event.name,
        screen=event.screen,
        intake=event.intake,
        waiting=found.held,
        oldest_waiting=found.oldest.received_at if found.oldest else None,
        at_the_desk=seated.names,
        alarm=event.alarm,
    )


@router.put("/event/screen")
async def show(wanted: Shown, token: Token, shell: InShell) -> EventState:
    """Show the feed, hold it still, or blank every wall of the event."""
    event, by = await token_holder(token, shell, Role.MODERATOR)
    await shell.backchannel.do(set_screen, event.id, wanted.screen, by=by, at=shell.now())
    return await event_state(token, shell)


@router.put("/event/intake")
async def admit(wanted: Admitted, token: Token, shell: InShell) -> EventState:
    """Hold everything, let only trusted authors in, or go by the rules again."""
    event, by = await token_holder(token, shell, Role.MODERATOR)
    await shell.backchannel.do(set_intake, event.id, wanted.intake, by=by, at=shell.now())
    return await event_state(token, shell)


@router.post("/event/clearing")
async def clear(token: Token, shell: InShell) -> EventState:
    """Empty the walls and start afresh; what was approved before stays approved, but is not shown any more."""
    event, by = await token_holder(token, shell, Role.MODERATOR)
    await shell.backchannel.do(clear_wall, event.id, by=by, at=shell.now())
    return await event_state(token, shell)


@router.get("/questions")
async def list_questions(token: Token, shell: InShell) -> list[QuestionView]:
    """Questions of the current talk that are open or on stage, most votes first."""
    event, _ = await token_holder(token, shell, Role.SPEAKER)
    states = (QuestionState.ON_STAGE, QuestionState.OPEN)
    ids = await shell.backchannel.ask(ranked_ids, event, states, 200)
    cards = await shell.backchannel.ask(question_cards, ids)
    return [_asked(cards[question_id]) for question_id in ids if question_id in cards]


@router.put("/questions/{question_id}/state")
async def move_question(question_id: int, moved: Moved, token: Token, shell: InShell) -> QuestionView:
    """Bring a question on stage, mark it answered, dismiss it or open it again."""
    event, by = await token_holder(token, shell, Role.SPEAKER)
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
    return await question_view(shell, question.id)


async def question_view(shell: Shell, question_id: int) -> QuestionView:
    return _asked((await shell.backchannel.ask(question_cards, [question_id]))[question_id])


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
