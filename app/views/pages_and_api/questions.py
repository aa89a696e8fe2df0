"""A question is made of a post, brought on stage, answered, passed over, opened again."""

from collections.abc import Callable

from fastapi import HTTPException

from app.actions.chair_marks import Marks, mark_for_the_chair
from app.actions.events import Refused
from app.actions.merged_questions import merge_question
from app.actions.questions import NoSuchQuestion, bring_on_stage, dismiss, make_question, mark_answered, reopen
from app.actions.replies import write_reply
from app.actions.taps_on_questions import mark_by_tap, set_apart_by_tap
from app.actions.undo import undo_merge
from app.actions.verdicts import Seen, Settled
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.post import Post
from app.domain.question import Question, QuestionState
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.domain.tap import Tap
from app.views.context import Context
from app.views.pages_and_api.undo import take_back_what_holds
from app.views.taps import settled

GONE = Sentence("This question is not to be seen any more.")
MOVES: dict[QuestionState, Callable[..., Question]] = {
    QuestionState.ON_STAGE: bring_on_stage,
    QuestionState.ANSWERED: mark_answered,
    QuestionState.DISMISSED: dismiss,
    QuestionState.OPEN: reopen,
}
"""The states that somebody may move a question to."""


async def make(
    context: Context, post: Post, *, by: Actor, seen: Seen, room_id: int | None = None
) -> Question | Settled:
    """A question must be seen to be asked, so a post that still waits is approved with it; what stands if it cannot."""
    return await context.backchannel.do(make_question, post.id, by=by, at=context.now(), seen=seen, room_id=room_id)


async def merge(context: Context, question_id: int, into_id: int, *, by: Actor) -> Question:
    """Asked together; gives the one that stands for both. Raises 409 if that cannot be."""
    try:
        return await context.backchannel.do(merge_question, question_id, into_id, by=by, at=context.now())
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None
    except Refused as refused:
        raise HTTPException(409, refused.sentence) from None


async def part(context: Context, question_id: int, *, by: Actor, tap: Tap | None = None) -> None:
    """Asked apart again. Raises 409 for one that is not to be seen, and for what others did meanwhile."""
    try:
        if tap:
            await settled(context, set_apart_by_tap, question_id, tap, by=by, before=None)
        else:
            await context.backchannel.do(undo_merge, question_id, by=by, at=context.now())
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None


async def write(context: Context, question_id: int, text: str, *, by: Actor) -> Question:
    """Answered in writing. Raises 409 for a question that is not to be seen, 422 for too many words."""
    try:
        return await context.backchannel.do(write_reply, question_id, text, by=by, at=context.now())
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None
    except Refused as refused:
        raise HTTPException(422, refused.sentence) from None


async def take_reply_back(context: Context, event: Event, question_id: int, *, by: Actor) -> Decision | None:
    """What was written before holds again; None if nothing was written."""
    return await take_back_what_holds(context, event.id, Subject.REPLY, question_id, by=by)


async def mark_it(context: Context, question_id: int, marks: Marks, *, by: Actor, tap: Tap | None = None) -> None:
    """With the chair's marks. Raises 409 and 422 as `write` does, and 409 for marks over somebody else's."""
    try:
        if tap:
            await settled(context, mark_by_tap, question_id, tap, marks, by=by, before=None, words=marks.note or "")
        else:
            await context.backchannel.do(mark_for_the_chair, question_id, marks, by=by, at=context.now())
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None
    except Refused as refused:
        raise HTTPException(422, refused.sentence) from None


async def move(context: Context, question_id: int, state: QuestionState, *, by: Actor) -> Question:
    """Raises 409 for one that is not to be seen."""
    try:
        return await context.backchannel.do(MOVES[state], question_id, by=by, at=context.now())
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None
