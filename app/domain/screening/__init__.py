"""What may a post do the moment it arrives? One file a check, all pure; `screen` runs them in order.

A check takes the post, the policy and what is known about it (`Context`) and yields Signals. Whoever cannot be
screened is held: an exception in a check becomes a signal of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening import authors, links, repeats, sensitive, words
from app.domain.screening.context import Context
from app.domain.verdict import Level, Ruling, Signal, Verdict

Check = Callable[[Incoming, Policy, Context], Iterable[Signal]]

CHECKS: tuple[Check, ...] = (authors.check, words.check, repeats.check, links.check, sensitive.check)


@dataclass(frozen=True, slots=True)
class _Found:
    signals: tuple[Signal, ...]

    def any(self, *levels: Level) -> bool:
        return any(signal.level in levels for signal in self.signals)


def screen(post: Incoming, policy: Policy, context: Context) -> Ruling:
    """Rule on a post: hidden before held before waiting before approved. Nothing with a doubt is approved."""
    found = _Found(tuple(signal for check in CHECKS for signal in _signals(check, post, policy, context)))
    if found.any(Level.HIDE):
        return Ruling(Verdict.REJECTED, found.signals)
    if found.any(Level.HOLD, Level.NUDGE):
        return Ruling(Verdict.HELD, found.signals)
    if authors.is_trusted(post, policy, context):
        return Ruling(Verdict.APPROVED, (*found.signals, _TRUSTED))
    if not policy.hold_by_default:
        return Ruling(Verdict.APPROVED, found.signals)
    return Ruling(Verdict.HELD, (*found.signals, _WAITS))


def _signals(check: Check, post: Incoming, policy: Policy, context: Context) -> tuple[Signal, ...]:
    try:
        return tuple(check(post, policy, context))
    except Exception as error:  # noqa: BLE001 - fail closed: what could not be screened is held
        return (
            Signal(
                code="check-failed",
                category="shape",
                level=Level.HOLD,
                explanation=f"A check could not be run ({type(error).__name__}), so a person must look.",
            ),
        )


_TRUSTED = Signal("trusted-author", "author", Level.NOTE, "The author is trusted at this event.")
_WAITS = Signal("waits", "shape", Level.NOTE, "Every post waits for a moderator.")
