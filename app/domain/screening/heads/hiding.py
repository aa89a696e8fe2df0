"""What nobody need look at: a word list and the heads agree that it is an attack, and nothing in it must be seen."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.policy import Policy
from app.domain.screening.reading.reading import Reading
from app.domain.screening.reading.shown import TEXT
from app.domain.verdict import Level, Signal

LISTED = ("listed-abuse", "listed-identity-attack", "listed-sexual")
CERTAIN = 0.9
"""From here on an attack is certain, if a list says so too: on *tune* 477 of 482 such posts were abusive."""
_TO_BE_SEEN = {"self_harm", "threat", "question"}


def hidden(signals: Sequence[Signal], worst: float, read: Reading, policy: Policy) -> tuple[Signal, ...]:
    """The signals of one field; `worst` is the highest score of an attack. Only the post's own words hide it."""
    if policy.preset == "relaxed" or worst < CERTAIN or read.field != TEXT:
        return tuple(signals)
    return tuple(
        replace(one, level=Level.HIDE) if one.code in LISTED and one.level is Level.HOLD else one for one in signals
    )


def only_held(signals: Sequence[Signal]) -> tuple[Signal, ...]:
    """The signals of all fields. What would be hidden waits instead where a person must look, wherever that stands.

    Somebody may need help or threatens; or a question to the speakers repeats what was said to others.
    """
    if not any(one.category in _TO_BE_SEEN for one in signals):
        return tuple(signals)
    return tuple(
        replace(one, level=Level.HOLD) if one.code in LISTED and one.level is Level.HIDE else one for one in signals
    )
