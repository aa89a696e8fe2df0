"""What may a post do the moment it arrives? One file a check, all pure; `screen` runs them in order.

A check takes the post, the policy and what is known about it (`Context`) and yields Signals. Whoever cannot be
screened is held: an exception in a check, or one that takes too long, becomes a signal of its own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.checks import (
    abuse,
    authors,
    care,
    language,
    links,
    personal,
    questions,
    repeats,
    sensitive,
    shape,
    similar,
    spam,
    threats,
    venting,
    words,
)
from app.domain.screening.context import Context
from app.domain.screening.ruling import rule
from app.domain.verdict import Level, Ruling, Signal

Check = Callable[[Incoming, Policy, Context], Iterable[Signal]]
Clock = Callable[[], float]

CHECKS: tuple[Check, ...] = (
    authors.check,
    shape.check,
    personal.check,
    care.check,
    threats.check,
    words.check,
    abuse.check,
    spam.check,
    links.check,
    repeats.check,
    venting.check,
    sensitive.check,
    language.check,
    questions.check,
    similar.check,
)

BUDGET = 0.05
"""Seconds that one check may take. Ten times what the slowest needs for the longest text."""


def screen(post: Incoming, policy: Policy, context: Context, *, clock: Clock | None = None) -> Ruling:
    """Rule on a post. With a clock, a check that takes longer than its budget means that a person looks."""
    if len(post.text) > shape.LETTERS_READ:
        post = replace(post, text=post.text[: shape.LETTERS_READ])
    signals = list(_signals(post, policy, context, clock))
    trusted = authors.is_trusted(post, policy, context)
    return rule(signals, policy, context, source=post.source, trusted=trusted)


def _signals(post: Incoming, policy: Policy, context: Context, clock: Clock | None) -> Iterator[Signal]:
    begun = clock() if clock else 0.0
    for check in CHECKS:
        try:
            found = list(check(post, policy, context))
        except Exception as error:  # noqa: BLE001 - fail closed: what could not be screened is held
            found = [_unscreened("check-failed", f"A check could not be run ({type(error).__name__})")]
        yield from found
        if clock:
            ended = clock()
            if ended - begun > BUDGET:
                yield _unscreened("check-slow", "A check took too long")
            begun = ended


def _unscreened(code: str, what: str) -> Signal:
    return Signal(code, "shape", Level.HOLD, f"{what}, so a person must look.")
