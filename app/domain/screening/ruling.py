"""From signals to a ruling: what each level does under a policy. Pure, so that a policy can be tried beforehand."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.policy import Policy
from app.domain.verdict import Level, Ruling, Signal, Verdict

ORDER = list(Level)
CATEGORIES = (
    "privacy", "abuse", "identity_attack", "threat", "sexual", "self_harm", "spam", "link", "duplicate",
    "language", "question", "vent", "obfuscation", "author", "shape",
)  # fmt: skip

FIXED = {"author", "shape"}
"""A blocked author stays blocked, and what could not be read is held, whatever the policy."""

_MILD = {"link", "duplicate", "vent", "obfuscation", "spam", "abuse", "sexual"}
_SURE = 0.9


def rule(signals: Iterable[Signal], policy: Policy, *, trusted: bool) -> Ruling:
    """Hidden before held before waiting before approved. Nothing with a doubt is approved."""
    weighed = tuple(weigh(signal, policy) for signal in signals)
    worst = level_of(weighed)
    if worst is Level.HIDE:
        return Ruling(Verdict.REJECTED, weighed)
    if worst in (Level.HOLD, Level.NUDGE):
        return Ruling(Verdict.HELD, weighed)
    if trusted:
        return Ruling(Verdict.APPROVED, (*weighed, _TRUSTED))
    if not policy.hold_by_default:
        return Ruling(Verdict.APPROVED, weighed)
    return Ruling(Verdict.HELD, (*weighed, _WAITS))


def level_of(signals: Iterable[Signal]) -> Level:
    return max((signal.level for signal in signals), key=ORDER.index, default=Level.NOTE)


def weigh(signal: Signal, policy: Policy) -> Signal:
    """The signal at the level that this event gives it. A note stays a note; care is never hidden."""
    if signal.level is Level.NOTE or signal.category in FIXED:
        return signal
    own = dict(policy.levels).get(signal.category)
    level = Level(own) if own in ORDER else _by_preset(signal, policy.preset)
    if signal.category == "self_harm" and level is not Level.NOTE:
        level = Level.HOLD
    return signal if level is signal.level else replace(signal, level=level)


def _by_preset(signal: Signal, preset: str) -> Level:
    if preset == "strict":
        if signal.level is Level.NUDGE and signal.category != "language":
            return Level.HOLD
        if signal.level is Level.HOLD and signal.category in _HIDDEN_WHEN_STRICT and signal.confidence >= _SURE:
            return Level.HIDE
    if preset == "relaxed" and signal.level is not Level.HIDE and signal.category in _MILD:
        if signal.level is Level.NUDGE:
            return Level.NOTE
        if signal.confidence < _SURE:
            return Level.NUDGE
    return signal.level


_HIDDEN_WHEN_STRICT = {"privacy", "identity_attack", "threat", "spam"}
_TRUSTED = Signal("trusted-author", "author", Level.NOTE, "The author is trusted at this event.")
_WAITS = Signal("waits", "shape", Level.NOTE, "Every post waits for a moderator.")
