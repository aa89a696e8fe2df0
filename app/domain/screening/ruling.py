"""From signals to a ruling: what each level does under a policy. Pure, so that a policy can be tried beforehand."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.category import FIXED
from app.domain.policy import Intake, Mode, Policy
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Ruling, Signal, Verdict

ORDER = list(Level)
_MILD = {"link", "duplicate", "vent", "obfuscation", "spam", "abuse", "sexual"}
_SURE = 0.9


def rule(
    signals: Iterable[Signal],
    policy: Policy,
    surroundings: Surroundings,
    *,
    source: str,
    trusted: bool,
    recorded: bool = False,
) -> Ruling:
    """Hidden before held before waiting before approved. Nothing with a doubt is approved."""
    weighed = tuple(weigh(signal, policy) for signal in signals)
    worst = level_of(weighed)
    if worst is Level.HIDE:
        return Ruling(Verdict.REJECTED, weighed)
    if worst in (Level.HOLD, Level.NUDGE):
        return Ruling(Verdict.HELD, weighed)
    if recorded:
        return Ruling(Verdict.HELD, (*weighed, _RECORDED))
    return _clean(weighed, policy, surroundings, _mode(policy, surroundings, source), trusted=trusted)


def _mode(policy: Policy, surroundings: Surroundings, source: str) -> Mode:
    return Mode.ONLY_TRUSTED if surroundings.intake is Intake.ONLY_TRUSTED else policy.mode_for(source)


def _clean(
    notes: tuple[Signal, ...], policy: Policy, surroundings: Surroundings, mode: Mode, *, trusted: bool
) -> Ruling:
    """What happens to a post about which there is no doubt."""
    if surroundings.intake is Intake.HOLD_ALL:
        return Ruling(Verdict.HELD, (*notes, _ALL_HELD))
    if trusted and mode in (Mode.TRUSTED, Mode.ONLY_TRUSTED):
        return Ruling(Verdict.APPROVED, (*notes, _TRUSTED))
    if mode is Mode.ONLY_TRUSTED:
        return Ruling(Verdict.STASHED, (*notes, _ONLY_TRUSTED))
    if mode is Mode.PASS:
        return Ruling(Verdict.APPROVED, notes)
    if mode is Mode.DELAY and (trusted or _has_good_record(policy, surroundings)):
        return Ruling(Verdict.HELD, (*notes, _SHOWS_ITSELF), delayed=True)
    return Ruling(Verdict.HELD, (*notes, _WAITS))


def _has_good_record(policy: Policy, surroundings: Surroundings) -> bool:
    return surroundings.approved_before >= max(1, policy.good_record) and surroundings.rejected_before == 0


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
_RECORDED = Signal("recorded", "shape", Level.NOTE, "It came in by a recorded file, so a person looks first.")
_ALL_HELD = Signal("all-held", "shape", Level.NOTE, "A moderator has everything held at present.")
_ONLY_TRUSTED = Signal(
    "only-trusted", "author", Level.NOTE, "Only trusted authors get in at present, so it is kept for later."
)
_SHOWS_ITSELF = Signal("shows-itself", "author", Level.NOTE, "Its author has a good record here.")
