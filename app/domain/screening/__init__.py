"""What may a post do the moment it arrives? One file a check, all pure; `screen` runs them in order.

A check takes the post as it was read, the policy and what is known about it (`Surroundings`) and yields Signals. What
cannot be screened is held: an exception in a check becomes a signal of its own. No clock is looked at: what bounds a
check is that `LETTERS_READ` bounds its text and that it takes time in proportion to it.
"""

from dataclasses import replace

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.check import Check, found_by
from app.domain.screening.checks import (
    abuse,
    authors,
    care,
    do_not_share,
    impersonation,
    language,
    links,
    marked_sensitive,
    personal,
    questions,
    quotes_names_alts,
    repeats,
    shape,
    similar_questions,
    spam,
    threats,
    venting,
    words,
)
from app.domain.screening.heads.all_fields import judged_everywhere
from app.domain.screening.reading.reading import Reading
from app.domain.screening.ruling import rule
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Ruling

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
    marked_sensitive.check,
    do_not_share.check,
    language.check,
    questions.check,
    similar_questions.check,
    impersonation.check,
    quotes_names_alts.check,
)


def screen(post: Incoming | Reading, policy: Policy, surroundings: Surroundings) -> Ruling:
    """Rule on a post. The same post, policy and surroundings give the same ruling, on whatever machine."""
    read = post if isinstance(post, Reading) else Reading.of(post)
    signals = [signal for check in CHECKS for signal in found_by(check, read, policy, surroundings)]
    trusted = authors.is_trusted(read, policy, surroundings)
    judged = judged_everywhere(read, policy, signals)
    ruling = rule(
        judged.signals, policy, surroundings, source=read.post.source, trusted=trusted, recorded=read.post.recorded
    )
    return replace(ruling, scores=judged.scores)
