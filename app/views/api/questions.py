"""For programs: the questions of the current talk."""

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from app.domain.access import Role
from app.domain.question import QuestionState
from app.queries.questions import QuestionCard, question_by_id, question_cards, ranked_ids
from app.views.api.asked import Asked
from app.views.api.rooms import NO_ROOM, RoomKey, room_asked
from app.views.api.token import Token, token_holder
from app.views.context import Context, InContext
from app.views.pages_and_api.questions import MOVES, move
from app.views.row_ids import Number

router = APIRouter(prefix="/api/v1", tags=["event"])


class QuestionView(BaseModel):
    """A question of the current talk."""

    id: int
    post_id: int
    text: str
    name: str
    votes: int
    state: QuestionState
    talk_id: int | None = Field(description="The talk it is asked for; null between talks.")
    room: str = Field(description="The room it is asked in, where there are several; empty for one of none or of all.")


class Moved(Asked):
    state: QuestionState


@router.get("/questions", responses=NO_ROOM)
async def list_questions(token: Token, context: InContext, room: RoomKey = "") -> list[QuestionView]:
    """Questions of the current talk that are open or on stage, most votes first; of all rooms, or of one."""
    event, _ = await token_holder(token, context, Role.SPEAKER)
    room_id = await room_asked(context, event, room)
    states = (QuestionState.ON_STAGE, QuestionState.OPEN)
    ids = await context.backchannel.ask(ranked_ids, event, states, 200, room_id)
    cards = await context.backchannel.ask(question_cards, ids)
    return [_asked(cards[question_id]) for question_id in ids if question_id in cards]


@router.put("/questions/{question_id}/state", responses={409: {"description": "It is not to be seen any more."}})
async def move_question(question_id: Number, moved: Moved, token: Token, context: InContext) -> QuestionView:
    """Bring a question on stage, mark it answered, dismiss it or open it again."""
    event, by = await token_holder(token, context, Role.SPEAKER)
    known = await context.backchannel.ask(question_by_id, question_id)
    if known is None or known.event_id != event.id or moved.state not in MOVES:
        raise HTTPException(404, "There is no such question, or no such state.")
    question = await move(context, question_id, moved.state, by=by)
    return await question_view(context, question.id)


async def question_view(context: Context, question_id: int) -> QuestionView:
    return _asked((await context.backchannel.ask(question_cards, [question_id]))[question_id])


def _asked(card: QuestionCard) -> QuestionView:
    question = card.question
    return QuestionView(
        id=question.id,
        post_id=card.post.id,
        text=card.post.text,
        name=card.author.name,
        votes=question.votes,
        state=question.state,
        talk_id=question.talk_id,
        room=card.place,
    )
