"""Words that the organiser wants a person to look at."""

import re
from collections.abc import Iterator

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.context import Context
from app.domain.verdict import Level, Signal


def check(post: Incoming, policy: Policy, context: Context) -> Iterator[Signal]:
    del context
    folded = fold(post.text)
    for word in policy.blocked_words:
        needle = fold(word.strip())
        if not needle:
            continue
        spans = tuple(match.span() for match in re.finditer(_whole(needle), folded))
        if spans:
            yield Signal(
                "blocked-word",
                "abuse",
                Level.HOLD,
                f"It contains “{word}”, which this event holds.",
                1.0,
                spans,
            )


def fold(text: str) -> str:
    """Lower case, one character for one, so that a place in the result is a place in the text."""
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in text)


def _whole(needle: str) -> str:
    return rf"(?<!\w){re.escape(needle)}(?!\w)"
