"""What this event knows of the author: blocked, muted, trusted, turned down before, or in a great hurry."""

import re
from collections.abc import Iterator

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.context import Context
from app.domain.standing import Standing
from app.domain.verdict import Level, Signal

_TURNED_DOWN = 2
_HURRY = 6
_HANDLE = re.compile(r"(?<![\w@])@([\w.@-]+)")


def check(post: Incoming, policy: Policy, context: Context) -> Iterator[Signal]:
    if context.standing is Standing.BLOCKED:
        yield Signal("blocked-author", "author", Level.HIDE, "A moderator blocked this author.")
    elif _listed(post, policy.muted):
        yield Signal("muted-author", "author", Level.HIDE, "The author is on the event's list of muted authors.")
    if context.rejected_before >= _TURNED_DOWN and context.rejected_before > context.approved_before:
        said = f"{context.rejected_before} posts by this author were rejected here."
        yield Signal("rejected-before", "author", Level.NUDGE, said)
    if context.posts_lately >= _HURRY:
        said = f"The author sent {context.posts_lately} posts within the last minute."
        yield Signal("in-a-hurry", "author", Level.HOLD, said)


def is_trusted(post: Incoming, policy: Policy, context: Context) -> bool:
    """Names typed on a phone prove nothing, so `floor` posts are never trusted by their handle."""
    if context.standing is Standing.TRUSTED or post.vouched:
        return True
    if post.source == "floor":
        return False
    return _listed(post, policy.trusted) or (policy.speakers_pass and _listed(post, handles_in(context.speakers)))


def handles_in(speakers: tuple[str, ...]) -> tuple[str, ...]:
    """Handles that stand beside names in the programme: "Nia Rees @niarees"."""
    return tuple(handle for speaker in speakers if "@" in speaker for handle in _HANDLE.findall(speaker))


def _listed(post: Incoming, handles: tuple[str, ...]) -> bool:
    return bool(handles) and plain_handle(post.byline.handle) in {plain_handle(handle) for handle in handles}


def plain_handle(handle: str) -> str:
    return handle.strip().removeprefix("@").casefold()
