"""The same text again: a repost typed by hand, a chain letter, a spam wave."""

import hashlib
import re
from collections.abc import Iterator

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.context import Context
from app.domain.screening.words import fold
from app.domain.verdict import Level, Signal

_DISTINCT = 12
"""Fewer letters than this are said by many without copying ("Hello!", "Well said")."""


def check(post: Incoming, policy: Policy, context: Context) -> Iterator[Signal]:
    del policy
    if re.match(r"RT @\w+:", post.text):
        yield Signal("repost", "duplicate", Level.HIDE, "It repeats somebody else's post (“RT”).", 1.0, ((0, 2),))
    if context.same_text_by_author:
        yield Signal("own-repeat", "duplicate", Level.HOLD, "The same author has sent the same text before.")
    elif context.same_text:
        others = f"{context.same_text} other post" + ("s" if context.same_text > 1 else "")
        yield Signal("same-text", "duplicate", Level.HOLD, f"{others} here say the same.")


def fingerprint(text: str) -> str:
    """What a text says without its links, mentions, case and punctuation; '' when too short to compare."""
    words = re.sub(r"https?://\S+|@\w+", " ", fold(text))
    letters = "".join(char for char in words if char.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()[:32] if len(letters) >= _DISTINCT else ""
