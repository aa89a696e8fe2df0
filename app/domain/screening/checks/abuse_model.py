"""The abuse model: a linear score over hashed pieces of words, one int8 weight a piece.

It ranks; it does not judge. A text is scored in windows of words, so that an insult at the end of a long post weighs
as much as one alone. `training/abuse/train.py` makes the weights; `docs/screening-model-card.md` has the figures.
"""

import json
import math
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, starmap
from operator import attrgetter
from typing import NamedTuple

from app.domain.screening.reading import ngrams

WINDOW = 40
STEP = 20
_MAGIC = b"backchannel abuse 1\n"


@dataclass(frozen=True, slots=True)
class Facts:
    """What goes with the weights. Thresholds and scores are log-odds; `slope` and `offset` calibrate them."""

    reading: int
    """The version of the normalised views that the weights were learned from."""
    bits: int
    abuse_scale: float
    abuse_bias: float
    identity_scale: float
    identity_bias: float
    hold: float = 0.0
    nudge: float = 0.0
    identity: float = 0.0
    slope: float = 1.0
    offset: float = 0.0


class Score(NamedTuple):
    """The highest window of a text, and the identity score of that window."""

    abuse: float
    identity: float
    start: int = 0
    end: int = 0
    unit: float = 0.0
    """What one step of a weight adds to the abuse score here."""


_ABUSE = attrgetter("abuse")
_FIELD = 32
_MASK = (1 << _FIELD) - 1
_HALF = 1 << (_FIELD - 1)
_HALF_OF_BOTH = 1 << (2 * _FIELD - 1)
"""A value is three numbers in one, so that many are added at once: abuse weights, identity weights, pieces."""


def _value(abuse: int, identity: int, count: int) -> int:
    return (abuse << 2 * _FIELD) + (identity << _FIELD) + count


def _abuse_of(value: int) -> int:
    return (value + _HALF_OF_BOTH) >> 2 * _FIELD


def _identity_of(value: int) -> int:
    return ((value >> _FIELD) + _HALF & _MASK) - _HALF


class Model:
    """Weights in memory. Words come again and again, so their sums are kept."""

    def __init__(self, facts: Facts, abuse: Sequence[int], identity: Sequence[int]) -> None:
        self.facts = facts
        self._abuse = abuse
        self._identity = identity
        self.word = lru_cache(maxsize=16384)(self._word)
        self.pair = lru_cache(maxsize=16384)(self._pair)

    def _word(self, word: str) -> int:
        found = ngrams.pieces(word)
        abuse, identity = self._abuse.__getitem__, self._identity.__getitem__
        return _value(sum(map(abuse, found)), sum(map(identity, found)), len(found))

    def _pair(self, first: str, second: str) -> int:
        bucket = ngrams.pair(first, second)
        return _value(self._abuse[bucket], self._identity[bucket], 1)

    def score(self, words: Sequence[str]) -> Score:
        """A word or pair counts once in a window."""
        return max(self.windows(words), key=_ABUSE)

    def windows(self, words: Sequence[str]) -> Iterable[Score]:
        for start in range(0, max(1, len(words) - STEP), STEP):
            yield self._window(words, start, min(start + WINDOW, len(words)))

    def _window(self, words: Sequence[str], start: int, end: int) -> Score:
        within = words[start:end]
        value = sum(map(self.word, set(within))) + sum(starmap(self.pair, set(pairwise(within))))
        abuse, identity = _abuse_of(value), _identity_of(value)
        size = math.sqrt(value & _MASK or 1)
        facts = self.facts
        return Score(
            facts.abuse_bias + facts.abuse_scale * abuse / size,
            facts.identity_bias + facts.identity_scale * identity / size,
            start,
            end,
            facts.abuse_scale / size,
        )

    def shares(self, words: Sequence[str]) -> list[float]:
        """How much each word adds to the score of its surroundings, half of its pairs included."""
        shares = [float(_abuse_of(self.word(word))) for word in words]
        for place, (first, second) in enumerate(pairwise(words)):
            half = _abuse_of(self.pair(first, second)) / 2
            shares[place] += half
            shares[place + 1] += half
        return shares

    def confidence(self, score: float) -> float:
        """The calibrated probability that people would call it abuse."""
        odds = self.facts.slope * score + self.facts.offset
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def features(words: Sequence[str]) -> list[int]:
    """The buckets of one window, for training."""
    within = list(words[:WINDOW])
    found = [bucket for word in sorted(set(within)) for bucket in ngrams.pieces(word)]
    return found + [ngrams.pair(*own) for own in sorted(set(pairwise(within)))]


def packed(facts: dict[str, float], abuse: bytes, identity: bytes) -> bytes:
    """The weights as a file."""
    return _MAGIC + json.dumps(facts, sort_keys=True).encode() + b"\n" + zlib.compress(abuse + identity, 9)


def unpacked(data: bytes) -> Model:
    if not data.startswith(_MAGIC):
        raise ValueError("These are no weights of the abuse model.")
    head, _, body = data[len(_MAGIC) :].partition(b"\n")
    facts = Facts(**json.loads(head))
    weights = array("b", zlib.decompress(body))
    size = 1 << facts.bits
    if facts.bits != ngrams.BITS or len(weights) != 2 * size:
        raise ValueError("The weights of the abuse model were made for another version.")
    return Model(facts, weights[:size], weights[size:])


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The weights that come with the program, read once."""
    return unpacked((files("app.domain.screening.checks") / "abuse_weights.bin").read_bytes())
