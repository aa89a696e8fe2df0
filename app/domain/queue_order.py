"""The order of the queue: risk of harm first, then questions, then age, so that nothing starves.

A post's rank is the moment it came, moved back by what it is worth. Whatever waits grows older until it is first: a
post without any doubt goes before a fresh one that is held for abuse after a quarter of an hour.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.domain.category import category_of
from app.domain.verdict import Level, Signal

HEADSTART = {
    "self_harm": 24 * 3600,
    "threat": 12 * 3600,
    "privacy": 30 * 60,
    "identity_attack": 30 * 60,
    "sexual": 15 * 60,
    "abuse": 15 * 60,
}
"""Seconds that a doubt of a category is worth."""
OTHER_DOUBT = 5 * 60
QUESTION = 5 * 60
ASKS_NOW = 10 * 60
"""Seconds that a question for the Talk that runs is worth besides; added when the queue is read, as talks change."""
SHOWS_ITSELF = 20 * 60
"""What will show itself must be seen in time to stop it."""

_WORST = 10 * 60
"""Of two that are worth the same, the likelier goes first: so many seconds between a score of 0 and of 1."""
_UNDOUBTED = 30 * 60
"""What a score alone is worth at most: below its threshold it orders what nobody doubts."""
_NO_SCORES: Mapping[str, float] = {}

_DOUBTS = (Level.NUDGE, Level.HOLD, Level.HIDE)


def doubts(signals: Iterable[Signal]) -> str:
    """Categories of the signals that a person should look at, with commas around each; '' for none."""
    found = dict.fromkeys(signal.category for signal in signals if signal.level in _DOUBTS)
    return f",{','.join(found)}," if found else ""


def rank(
    received_at: datetime,
    signals: Iterable[Signal],
    scores: Mapping[str, float] = _NO_SCORES,
    *,
    asks: bool,
    delayed: bool,
) -> int:
    """Smaller comes first: seconds since the epoch. A score counts below thresholds too, a low one hardly."""
    signals = tuple(signals)
    worth = [HEADSTART.get(signal.category, OTHER_DOUBT) for signal in signals if signal.level in _DOUBTS]
    harms = [
        (HEADSTART[name], score * score) for kind, score in scores.items() if (name := category_of(kind)) in HEADSTART
    ]
    worth += [int((seconds if score > 0.25 else min(seconds, _UNDOUBTED)) * score) for seconds, score in harms]
    if asks or any(signal.category == "question" for signal in signals):
        worth.append(QUESTION)
    if delayed:
        worth.append(SHOWS_ITSELF)
    likelier = int(_WORST * max((score for _, score in harms), default=0.0))
    return int(received_at.timestamp()) - min(max(worth, default=0) + likelier, HEADSTART["self_harm"])
