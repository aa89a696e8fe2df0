"""A verdict on a post."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import HTTPException

from app.actions.verdicts import Seen, Settled, approve, hold, reject, settle_many, stash
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.post import Post
from app.domain.sentence import Sentence
from app.domain.verdict import Verdict
from app.views.context import Context

VERBS: dict[Verdict, Callable[..., Settled]] = {
    Verdict.APPROVED: approve,
    Verdict.REJECTED: reject,
    Verdict.STASHED: stash,
    Verdict.HELD: hold,
}

UNSEEN = Sentence("It has changed since it came. Look at it, and name the version that you have seen.")


async def give(
    context: Context,
    post: Post,
    verdict: Verdict,
    *,
    by: Actor,
    seen: Seen,
    reason: str = "",
    declined_as: str = "",
    alike: bool = False,
) -> Settled:
    """Give a verdict, with `alike` to all that waits and says the same. Only a rejection has reasons."""
    more: dict[str, Any] = {} if verdict is Verdict.HELD else {"with_alike": alike}
    if verdict is Verdict.REJECTED:
        more |= {"reason": reason, "declined_as": declined_as}
    return await context.backchannel.do(VERBS[verdict], post.id, by=by, at=context.now(), seen=seen, **more)


async def give_many(
    context: Context,
    event: Event,
    chosen: Sequence[tuple[int, Seen]],
    verdict: Verdict,
    *,
    by: Actor,
    declined_as: str = "",
) -> list[Settled]:
    """One verdict for many; each counts by itself, and one undo takes them all back."""
    return await context.backchannel.do(
        settle_many, event.id, chosen, verdict, by=by, at=context.now(), declined_as=declined_as
    )


def as_seen(post: Post, verdict: Verdict | None, revision: int | None, *, shows: bool) -> Seen:
    """What they had before their eyes; what they do not say is as it is now.

    But what shows a post counts for a form of it that somebody saw: unsaid, that is the one in which it came. Raises
    428 if it has changed since.
    """
    if shows and revision is None and post.revision and post.verdict is not Verdict.APPROVED:
        raise HTTPException(428, UNSEEN)
    revision = post.revision if revision is None else revision
    return Seen(verdict or post.verdict, revision)
