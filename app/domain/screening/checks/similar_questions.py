"""Questions that may be the same as one that is open. A suggestion: only people merge questions."""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.domain.policy import Policy
from app.domain.screening.checks.questions import is_for_the_speaker
from app.domain.screening.reading.normal import views
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_CLOSE = 0.2
_WORD = re.compile(r"[a-z]+")
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "do",
        "does",
        "did",
        "can",
        "could",
        "will",
        "would",
        "should",
        "has",
        "have",
        "had",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "and",
        "or",
        "if",
        "as",
        "you",
        "your",
        "yours",
        "we",
        "our",
        "they",
        "their",
        "there",
        "i",
        "me",
        "my",
        "us",
        "please",
        "how",
        "what",
        "when",
        "where",
        "who",
        "why",
        "which",
        "any",
        "some",
        "about",
        "into",
        "just",
        "so",
        "not",
        "s",
        "re",
        "d",
        "ll",
        "t",
        "m",
    ]
)
_SAME = (
    "cost costs price pay paid pays fee fees free fund funds funded funding money grant grants budget afford expensive cheap",
    "carer carers caregiver caregivers family families relative relatives unpaid",
    "patient patients user users client clients people person resident residents",
    "staff staffing nurse nurses workforce worker workers team teams colleague colleagues ratio ratios",
    "result results outcome outcomes finding findings evidence evaluate evaluation evaluated impact data",
    "publish published publication paper report",
    "design designed codesign coproduce coproduced coproduction involved involve involvement",
    "translate translated translation translator interpreter interpreters interpreting language languages english",
    "consent permission agree agreed capacity",
    "share shared slide slides available download copy access",
    "train trained training teach taught learn learning educate education",
    "scale scaled spread rollout national nationally elsewhere replicate",
    "rural remote village countryside", "dementia alzheimer alzheimers memory", "child children young kids under paediatric",
    "old older elderly frail frailty", "visit come see tour", "own owns owner property belong belongs ownership",
    "start begin began started set setup", "measure measured metric metrics count monitor",
    "digital online app technology tech computer internet", "home homes domiciliary", "gp gps doctor doctors primary",
    "wait waiting waits delay delays list lists", "mental psychological psychology wellbeing", "safe safety harm risk risks",
    "refer referral referrals referred eligible eligibility criteria", "night nights shift shifts weekend weekends evening",
    "prison prisons custody", "volunteer volunteers volunteering", "burnout stress tired exhausted retention",
    "barrier barriers challenge challenges difficult hard obstacle obstacles problem problems",
    "sustain sustainable sustained continue continues year ends after future",
)  # fmt: skip
_CONCEPT = {word: group.split()[0] for group in _SAME for word in group.split()}


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy
    if not surroundings.questions or not may_be_asked_already(read):
        return
    for _, other, sure in most_similar(read.text, surroundings.questions):
        said = Sentence("Possibly the same as “%(other)s”.", other=other[:140])
        yield Signal("similar-question", "question", Level.NOTE, said, sure)


def may_be_asked_already(read: Reading) -> bool:
    """Whether open questions are worth looking at."""
    return read.post.asks or is_for_the_speaker(read.views.folded.text)


def most_similar(text: str, questions: Sequence[tuple[int, str]], *, top: int = 3) -> list[tuple[int, str, float]]:
    """The open questions that come closest, best first, each with its likeness from 0 to 1."""
    mine = _features(text)
    others = [_features(other) for _, other in questions]
    rare = _weight(0, len(others))
    weights = {feature: _weight(sum(feature in other for other in others), len(others)) for feature in mine}
    scored = [
        (_likeness(weights, other, rare), place) for place, other in enumerate(others) if not mine.isdisjoint(other)
    ]
    best = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:top]
    return [(*questions[place], round(likeness, 3)) for likeness, place in best if likeness >= _CLOSE]


def _weight(seen: int, of: int) -> float:
    """What few questions have says more than what all have."""
    return math.log(1 + (1 + of) / (1 + seen)) ** 2


def _likeness(weights: dict[str, float], other: frozenset[str], rare: float) -> float:
    both = [weights[feature] for feature in weights.keys() & other]
    norm = math.sqrt(sum(weights.values()) * (sum(both) + (len(other) - len(both)) * rare))
    return sum(both) / norm if norm else 0.0


@lru_cache(maxsize=1024)
def _features(text: str) -> frozenset[str]:
    """Concepts, and pieces of words so that endings and typing errors matter less."""
    words = words_and_concepts(text)
    concepts = {f"={concept}" for _, concept in words}
    pieces = {word[at : at + 4] for word in (f" {word} " for word, _ in words) for at in range(max(1, len(word) - 3))}
    return frozenset(concepts | pieces)


@lru_cache(maxsize=1024)
def words_and_concepts(text: str) -> tuple[tuple[str, str], ...]:
    """The words that say something, each with what it is about: “funding” and “grants” are about one thing."""
    words = [word for word in _WORD.findall(views(text).skeleton.text[:400]) if word not in _EMPTY]
    return tuple((word, _CONCEPT.get(word, word)) for word in words)
