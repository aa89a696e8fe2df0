"""What screening says of a talk that comes from a file: its title, room and speakers stand on every screen.

An organiser looks at a programme before it is put in place, so nothing is held: what is doubtful is pointed out. Where
nobody looks, such a talk is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from app.domain.policy import Policy
from app.domain.programme_matching import PlannedTalk
from app.domain.screening.checks.quotes_names_alts import NOBODY, of_name, of_prose
from app.domain.screening.reading.reading import Reading
from app.domain.screening.ruling import ORDER, weigh
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_DOUBTS = (Level.HOLD, Level.HIDE)
_HARMLESS_IN_A_PROGRAMME = {"self_harm", "vent", "question", "language", "shape", "author"}
"""A talk may be about what a post must not say of somebody: “Suicide prevention on night wards”."""


@dataclass(frozen=True, slots=True)
class DoubtfulTalk:
    plan: PlannedTalk
    why: Sentence


def doubtful(plan: PlannedTalk, policy: Policy, hashtags: tuple[str, ...] = ()) -> DoubtfulTalk | None:
    """The talk with the worst of what is to be said of it; None if nothing is."""
    found = [weigh(signal, policy) for signal in _found(plan, policy, hashtags)]
    worst = max(
        (
            one
            for one in found
            if one.level in (Level.HOLD, Level.HIDE) and one.category not in _HARMLESS_IN_A_PROGRAMME
        ),
        key=lambda signal: (ORDER.index(signal.level), signal.confidence),
        default=None,
    )
    if worst is None:
        return None
    return DoubtfulTalk(plan, Sentence("“%(title)s”: %(why)s", title=plan.title, why=worst.explanation))


def _found(plan: PlannedTalk, policy: Policy, hashtags: tuple[str, ...]) -> Iterator[Signal]:
    """Titles and rooms are read as a text is, speakers as names are."""
    nobody, known = Reading.of(NOBODY), Surroundings(hashtags=hashtags, speakers=plan.speakers)
    yield from chain.from_iterable(of_prose(nobody, "title", text, policy, known) for text in (plan.title, plan.room))
    yield from chain.from_iterable(of_name(False, speaker, policy, hashtags) for speaker in plan.speakers)
