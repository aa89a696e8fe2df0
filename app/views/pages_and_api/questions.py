"""A question is made of a post, brought on stage, answered, passed over, opened again."""

from collections.abc import Callable

from fastapi import HTTPException

from app.actions.questions import NoSuchQuestion, bring_on_stage, dismiss, make_question, mark_answered, reopen
from app.actions.verdicts import Seen, Settled
from app.domain.decision import Actor
from app.domain.post import Post
from app.domain.question import Question, QuestionState
from app.domain.sentence import Sentence
from app.views.context import Context

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


async def move(context: Context, question_id: int, state: QuestionState, *, by: Actor) -> Question:
    """Raises 409 for one that is not to be seen."""
    try:
        return await context.backchannel.do(MOVES[state], question_id, by=by, at=context.now())
    except NoSuchQuestion:
        raise HTTPException(409, GONE) from None
