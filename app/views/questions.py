"""Questions: speakers move them, everybody votes for them."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response
from sqlmodel import Session

from app.actions import votes
from app.actions.events import Refused
from app.actions.hasty_votes import LEFT_OUT, leave_hasty_votes_out
from app.actions.question_places import give_to_room
from app.actions.questions import NoSuchQuestion
from app.actions.taps_on_questions import leave_votes_out_by_tap
from app.domain.access import Role
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.events import event_by_id
from app.queries.questions import question_by_id
from app.views.context import Context, InContext, answer
from app.views.floor.limits import VOTES, VOTES_OF_NEW_PHONES
from app.views.pages_and_api.questions import GONE
from app.views.pages_and_api.questions import move as to
from app.views.pages_and_api.undo import take_back, take_back_what_holds
from app.views.row_ids import LARGEST_ID, Number
from app.views.stage.tapped import move_tapped, take_back_tapped
from app.views.taps import settled, tap_of
from app.views.translation import speak_as

router = APIRouter()

NO_COOKIE = Sentence("Your browser did not send our cookie. Please try once more.")
LEFT = Sentence("Those votes are left out.")
NO_SUCH_VOTES = Sentence("There are no such votes any more.")

MOVES: dict[str, tuple[QuestionState, Sentence]] = {
    "stage": (QuestionState.ON_STAGE, Sentence("On stage.")),
    "answer": (QuestionState.ANSWERED, Sentence("Answered.")),
    "dismissal": (QuestionState.DISMISSED, Sentence("Dismissed.")),
    "opening": (QuestionState.OPEN, Sentence("Open again.")),
}


@router.post("/questions/{question_id}/vote")
async def vote(question_id: Number, request: Request, context: InContext) -> Response:
    """Wish to hear an answer. Once for each device, however often it is sent."""
    origin = context.cookies.origin(request)
    return await _count(question_id, request, context, votes.vote, Sentence("Your vote counts."), origin=origin)


@router.delete("/questions/{question_id}/vote")
async def take_vote_back(question_id: Number, request: Request, context: InContext) -> Response:
    return await _count(question_id, request, context, votes.take_vote_back, Sentence("Vote taken back."))


@router.post("/questions/{question_id}/omission")
async def leave_out(question_id: Number, request: Request, context: InContext) -> Response:
    """The votes that came in bursts from one address do not count."""
    question, event = await asked_question(question_id, context)
    by = await context.actor(request, question.event_id, Role.SPEAKER)
    try:
        if tap := tap_of(request):
            decision = await settled(context, leave_votes_out_by_tap, question_id, tap, by=by, before=None)
        else:
            decision = await context.backchannel.do(leave_hasty_votes_out, question_id, by=by, at=context.now())
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None
    said, undo = (LEFT, f"/questions/{question_id}/omission") if decision else (NO_SUCH_VOTES, "")
    return answer(request, context, said, back=f"/e/{event.slug}/stage", undo=undo, question_id=question_id)


@router.delete("/questions/{question_id}/omission")
async def count_again(question_id: Number, request: Request, context: InContext) -> Response:
    """The votes that were left out count again."""
    question, event = await asked_question(question_id, context)
    by = await context.actor(request, question.event_id, Role.SPEAKER)
    undone = await take_back(context, event.id, Subject.VOTES, question_id, LEFT_OUT, by=by)
    said = Sentence("Those votes count again.") if undone else NO_SUCH_VOTES
    return answer(request, context, said, back=f"/e/{event.slug}/stage", question_id=question_id)


@router.post("/questions/{question_id}/room")
async def give(
    question_id: Number, request: Request, context: InContext, room: Annotated[int, Form(ge=0, le=LARGEST_ID)]
) -> Response:
    """A question that was asked in no room is for the speakers of this one."""
    question, event = await asked_question(question_id, context)
    by = await context.actor(request, question.event_id, Role.MODERATOR)
    try:
        await context.backchannel.do(give_to_room, question_id, room, by=by, at=context.now())
    except Refused as refused:
        return answer(request, context, refused.sentence, status=409, back=f"/e/{event.slug}/desk")
    except NoSuchQuestion:
        raise HTTPException(409, "This question is not to be seen any more.") from None
    said, undo = Sentence("It is for that room now."), f"/questions/{question_id}/room"
    return answer(request, context, said, back=f"/e/{event.slug}/desk", undo=undo, question_id=question_id)


@router.delete("/questions/{question_id}/room")
async def take_from_room(question_id: Number, request: Request, context: InContext) -> Response:
    question, event = await asked_question(question_id, context)
    by = await context.actor(request, question.event_id, Role.MODERATOR)
    undone = await take_back_what_holds(context, event.id, Subject.PLACE, question_id, by=by)
    said = Sentence("Taken back.") if undone else Sentence("It has moved on since; nothing was changed.")
    return answer(request, context, said, status=200 if undone else 409, back=f"/e/{event.slug}/desk")


@router.post("/questions/{question_id}/{move}")
async def move_question(question_id: Number, move: str, request: Request, context: InContext) -> Response:
    """Bring on stage, mark answered, dismiss, open again."""
    state, said = _named(move)
    question, event = await asked_question(question_id, context)
    by = await context.actor(request, question.event_id, Role.SPEAKER)
    if tap := tap_of(request):
        await move_tapped(context, question_id, state, tap, by=by)
    else:
        await to(context, question_id, state, by=by)
    back, undo = f"/e/{event.slug}/stage", f"/questions/{question_id}/{move}"
    return answer(request, context, said, back=back, undo=undo, question_id=question_id, state=state.value)


@router.delete("/questions/{question_id}/{move}")
async def take_move_back(question_id: Number, move: str, request: Request, context: InContext) -> Response:
    """Undo the move, if the question still is where it led."""
    state, _ = _named(move)
    question, event = await asked_question(question_id, context)
    by = await context.actor(request, question.event_id, Role.SPEAKER)
    if tap := tap_of(request):
        undone = await take_back_tapped(context, question_id, state, tap, by=by)
    else:
        undone = await take_back(context, event.id, Subject.QUESTION, question_id, state, by=by) is not None
    said = Sentence("Taken back.") if undone else Sentence("It has moved on since; nothing was changed.")
    back, status = f"/e/{event.slug}/stage", 200 if undone else 409
    return answer(request, context, said, status=status, back=back, question_id=question_id)


def _named(name: str) -> tuple[QuestionState, Sentence]:
    if name not in MOVES:
        raise HTTPException(404)
    return MOVES[name]


async def _count(
    question_id: int, request: Request, context: Context, verb: Callable[..., Question], said: str, **more: str
) -> Response:
    """Who asks too often is refused before anything is read for them."""
    device = context.cookies.device(request)
    if device is None:
        await asked_question(question_id, context)  # for its language
        raise HTTPException(403, NO_COOKIE, context.cookies.try_again(context.now()))
    await context.limit(request, "vote", device, VOTES, VOTES_OF_NEW_PHONES)
    _, event = await asked_question(question_id, context)
    try:
        question = await context.backchannel.do(verb, question_id, device, at=context.now(), **more)
    except NoSuchQuestion:
        raise HTTPException(409, "This question takes no votes any more.") from None
    return answer(request, context, said, back=f"/e/{event.slug}", question_id=question_id, votes=question.votes)


async def asked_question(question_id: int, context: Context) -> tuple[Question, Event]:
    """The question and its Event, in whose language the answer is. Raises 404."""

    def look(db: Session) -> tuple[Question | None, Event | None]:
        question = question_by_id(db, question_id)
        return question, event_by_id(db, question.event_id) if question else None

    question, event = await context.backchannel.ask(look)
    if question is None or event is None:
        raise HTTPException(404, "There is no such question.")
    speak_as(event)
    return question, event
