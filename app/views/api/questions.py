"""For programs: the questions of the current talk."""

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from app.actions.chair_marks import LONGEST_NAME, LONGEST_NOTE, Marks
from app.actions.replies import LONGEST_REPLY
from app.domain.access import Role
from app.domain.event import Event
from app.domain.question import QuestionState
from app.domain.stored_json import Text
from app.queries.questions import QuestionCard, question_by_id, question_cards, ranked_ids
from app.views.api.asked import Asked
from app.views.api.rooms import NO_ROOM, RoomKey, room_asked
from app.views.api.token import Token, token_holder
from app.views.context import Context, InContext
from app.views.pages_and_api.questions import MOVES, mark_it, merge, move, part, take_reply_back, write
from app.views.row_ids import LARGEST_ID, Number

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

    asked_with: int | None = Field(description="The question that stands for this one too; null while none does.")
    starred: bool = Field(description="The chair wants to come back to it; no audience sees it.")
    note: str = Field(description="The chair's own words about it; no audience sees them.")
    held_for: str = Field(description="Who of the panel is to answer it; empty for anybody. No audience sees it.")
    reply: str = Field(description="What was answered in writing; empty if nothing was.")
    together: int = Field(description="So many questions are to be seen under it: it stands for them, with all votes.")


class Merged(Asked):
    into: int = Field(ge=1, le=LARGEST_ID, description="The question with which it is asked.")


class Marked(Asked):
    """What is left out stays as it is."""

    starred: bool | None = None
    note: Text | None = Field(default=None, max_length=LONGEST_NOTE, description="No words take the note away.")
    held_for: Text | None = Field(default=None, max_length=LONGEST_NAME, description="No name: anybody may answer.")


class Replied(Asked):
    text: Text = Field(max_length=LONGEST_REPLY, description="No words take the answer away.")


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


@router.put("/questions/{question_id}/merge", responses={409: {"description": "They cannot be asked together."}})
async def merge_questions(question_id: Number, merged: Merged, token: Token, context: InContext) -> QuestionView:
    """Ask a question together with another one: one of them stands for both, and who voted for both counts once.

    Gives the one that stands for both. What is on stage stands for the other.
    """
    event, by = await token_holder(token, context, Role.SPEAKER)
    await _own(context, event, question_id)
    await _own(context, event, merged.into)
    return await question_view(context, (await merge(context, question_id, merged.into, by=by)).id)


@router.delete("/questions/{question_id}/merge", responses={409: {"description": "It is not to be seen any more."}})
async def part_question(question_id: Number, token: Token, context: InContext) -> QuestionView:
    """Ask a question apart again: each has the votes that were given to its own words."""
    event, by = await token_holder(token, context, Role.SPEAKER)
    await _own(context, event, question_id)
    await part(context, question_id, by=by)
    return await question_view(context, question_id)


@router.put("/questions/{question_id}/reply", responses={409: {"description": "It is not to be seen any more."}})
async def reply(question_id: Number, replied: Replied, token: Token, context: InContext) -> QuestionView:
    """Answer a question in writing, also when the event is over; whoever asked reads it on their phone."""
    event, by = await token_holder(token, context, Role.SPEAKER)
    await _own(context, event, question_id)
    return await question_view(context, (await write(context, question_id, replied.text, by=by)).id)


@router.delete("/questions/{question_id}/reply")
async def take_back_reply(question_id: Number, token: Token, context: InContext) -> QuestionView:
    """What was written last does not hold; what was written before does again."""
    event, by = await token_holder(token, context, Role.SPEAKER)
    await _own(context, event, question_id)
    await take_reply_back(context, event, question_id, by=by)
    return await question_view(context, question_id)


@router.put("/questions/{question_id}/marks", responses={409: {"description": "It is not to be seen any more."}})
async def mark_question(question_id: Number, marked: Marked, token: Token, context: InContext) -> QuestionView:
    """The chair's star and note, and for whom of the panel it is held: for the desk and the stage alone."""
    event, by = await token_holder(token, context, Role.SPEAKER)
    await _own(context, event, question_id)
    await mark_it(context, question_id, Marks(marked.starred, marked.note, marked.held_for), by=by)
    return await question_view(context, question_id)


async def _own(context: Context, event: Event, question_id: int) -> None:
    known = await context.backchannel.ask(question_by_id, question_id)
    if known is None or known.event_id != event.id:
        raise HTTPException(404, "There is no such question.")


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
        asked_with=question.asked_with,
        starred=question.starred,
        note=question.note,
        held_for=question.held_for,
        reply=card.reply.text if card.reply else "",
        together=len(card.others),
    )
