"""A verdict on a post, and why one did not count."""

from collections.abc import Callable
from typing import Any

from app.actions.second_person import Agreed
from app.actions.verdicts import Seen, Settled, approve, hold, reject, stash
from app.domain.decision import EDITED, Actor
from app.domain.post import Post
from app.domain.sentence import Sentence
from app.domain.verdict import Verdict
from app.views import words
from app.views.context import Context

NO_DELAY = Sentence("It does not show itself: it waits, or was decided.")
VERBS: dict[Verdict, Callable[..., Settled]] = {
    Verdict.APPROVED: approve,
    Verdict.REJECTED: reject,
    Verdict.STASHED: stash,
    Verdict.HELD: hold,
}


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


def as_seen(post: Post, verdict: Verdict | None, version: int | None) -> Seen:
    """What they had before their eyes; what they do not say is as it is now."""
    return Seen(verdict or post.verdict, post.version if version is None else version)


def why_not(settled: Settled) -> str:
    """Why a verdict does not count, or not yet."""
    post, other = settled.post, settled.other
    if settled.agreed is Agreed.FIRST:
        return Sentence("You agree. It has personal data, so a second person must agree before it is shown.")
    if settled.agreed is Agreed.TWICE:
        return Sentence("You have agreed already. Somebody else must agree before it is shown.")
    if post.withdrawn_at is not None:
        return Sentence("Its author has taken this post away.")
    if other is not None and other.reason == EDITED:
        return Sentence("Its author has just edited this post. Look again.")
    who = other.by if other is not None else Sentence("Somebody")
    return Sentence("%(name)s was quicker: this post is %(verdict)s.", name=who, verdict=words.VERDICTS[post.verdict])
