"""What this event knows of the author: blocked, muted, trusted, turned down before, or in a great hurry."""

import re
from collections.abc import Iterator

from app.domain.author_standing import Standing
from app.domain.policy import Policy
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence, counted
from app.domain.verdict import Level, Signal

_TURNED_DOWN = 2
_HURRY = 6
_HANDLE = re.compile(r"(?<![\w@])@([\w.@-]+)")


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    if surroundings.standing is Standing.BLOCKED:
        yield Signal("blocked-author", "author", Level.HIDE, "A moderator blocked this author.")
    elif is_listed(read, policy.muted):
        yield Signal("muted-author", "author", Level.HIDE, "The author is on the event's list of muted authors.")
    if surroundings.rejected_before >= _TURNED_DOWN and surroundings.rejected_before > surroundings.approved_before:
        said = counted(
            "%(num)d post by this author was rejected here.",
            "%(num)d posts by this author were rejected here.",
            surroundings.rejected_before,
        )
        yield Signal("rejected-before", "author", Level.NUDGE, said)
    if surroundings.posts_lately >= _HURRY:
        said = Sentence("The author sent %(posts)d posts within the last minute.", posts=surroundings.posts_lately)
        yield Signal("in-a-hurry", "author", Level.HOLD, said)


def is_trusted(read: Reading, policy: Policy, surroundings: Surroundings) -> bool:
    """Names typed on a phone prove nothing, so `floor` posts are never trusted by their handle."""
    if surroundings.standing is Standing.TRUSTED or read.post.vouched:
        return True
    if read.post.source == "floor":
        return False
    return is_listed(read, policy.trusted) or (
        policy.speakers_pass and is_listed(read, handles_in(surroundings.speakers))
    )


def handles_in(speakers: tuple[str, ...]) -> tuple[str, ...]:
    """Handles that stand beside names in the programme: "Nia Rees @niarees"."""
    return tuple(handle for speaker in speakers if "@" in speaker for handle in _HANDLE.findall(speaker))


def is_listed(read: Reading, handles: tuple[str, ...]) -> bool:
    return bool(handles) and plain_handle(read.post.byline.handle) in {plain_handle(handle) for handle in handles}


def plain_handle(handle: str) -> str:
    return handle.strip().removeprefix("@").casefold()
