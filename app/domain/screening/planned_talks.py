"""What screening says of a talk that comes from a file: its title, room and speakers stand on every screen.

An organiser looks at a programme before it is put in place, so nothing is held: what is doubtful is pointed out. Where
nobody looks, such a talk is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from app.domain.policy import Policy
from app.domain.programme_matching import PlannedTalk
from app.domain.screening.check import Check, found_by
from app.domain.screening.checks import abuse, links, personal, spam, threats, words
from app.domain.screening.checks.quotes_names_alts import NOBODY, of_name
from app.domain.screening.reading.reading import LETTERS_READ, Reading
from app.domain.screening.ruling import ORDER, weigh
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_CHECKS: tuple[Check, ...] = (
    personal.check,
    threats.check,
    words.check,
    abuse.check,
    spam.check,
    links.check,
)
_OF_OUR_MODEL = "abuse-model"
"""It has learned from posts: it doubts every fiftieth title of technical conferences. The rules are enough here."""
_DOUBTS = (Level.HOLD, Level.HIDE)
_HARMLESS = {"self_harm", "vent", "question", "language", "shape", "author"}
"""A talk may be about what a post must not say of somebody: “Suicide prevention on night wards”."""


@dataclass(frozen=True, slots=True)
class DoubtfulTalk:
    plan: PlannedTalk
    why: Sentence


def doubtful(plan: PlannedTalk, policy: Policy, hashtags: tuple[str, ...] = ()) -> DoubtfulTalk | None:
    """The talk with the worst of what is to be said of it; None if nothing is."""
    found = [weigh(signal, policy) for signal in _found(plan, policy, hashtags) if signal.code != _OF_OUR_MODEL]
    worst = max(
        (one for one in found if one.level in _DOUBTS and one.category not in _HARMLESS),
        key=lambda signal: (ORDER.index(signal.level), signal.confidence),
        default=None,
    )
    if worst is None:
        return None
    return DoubtfulTalk(plan, Sentence("“%(title)s”: %(why)s", title=plan.title, why=worst.explanation))


def _found(plan: PlannedTalk, policy: Policy, hashtags: tuple[str, ...]) -> Iterator[Signal]:
    """Titles and rooms are read as a text is, speakers as names are."""
    nobody, known = Reading.of(NOBODY), Surroundings(hashtags=hashtags, speakers=plan.speakers)
    for text in (plan.title, plan.room):
        read = nobody.of_field("title", text[:LETTERS_READ])
        yield from chain.from_iterable(found_by(check, read, policy, known) for check in _CHECKS)
    yield from chain.from_iterable(of_name(False, speaker, policy, hashtags) for speaker in plan.speakers)
