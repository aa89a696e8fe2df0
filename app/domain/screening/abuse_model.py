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
from itertools import pairwise

from app.domain.screening import ngrams

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


@dataclass(frozen=True, slots=True)
class Score:
    """The highest window of a text, and the identity score of that window."""

    abuse: float
    identity: float
    start: int = 0
    end: int = 0
    unit: float = 0.0
    """What one step of a weight adds to the abuse score here."""


_Value = tuple[int, int, int]
"""Sums of the abuse weights, of the identity weights, and how many pieces."""


class Model:
    """Weights in memory. Words come again and again, so their sums are kept."""

    def __init__(self, facts: Facts, abuse: Sequence[int], identity: Sequence[int]) -> None:
        self.facts = facts
        self._abuse = abuse
        self._identity = identity
        self.word = lru_cache(maxsize=16384)(self._word)
        self.pair = lru_cache(maxsize=16384)(self._pair)

    def _word(self, word: str) -> _Value:
        found = ngrams.pieces(word)
        abuse, identity = self._abuse, self._identity
        return sum([abuse[bucket] for bucket in found]), sum([identity[bucket] for bucket in found]), len(found)

    def _pair(self, first: str, second: str) -> _Value:
        bucket = ngrams.pair(first, second)
        return self._abuse[bucket], self._identity[bucket], 1

    def score(self, words: Sequence[str]) -> Score:
        """A word or pair counts once in a window."""
        return max(self.windows(words), key=lambda score: score.abuse)

    def windows(self, words: Sequence[str]) -> Iterable[Score]:
        for start in range(0, max(1, len(words) - STEP), STEP):
            yield self._window(words, start, min(start + WINDOW, len(words)))

    def _window(self, words: Sequence[str], start: int, end: int) -> Score:
        within = words[start:end]
        abuse = identity = count = 0
        for value in map(self.word, set(within)):
            abuse += value[0]
            identity += value[1]
            count += value[2]
        for first, second in set(pairwise(within)):
            value = self.pair(first, second)
            abuse += value[0]
            identity += value[1]
            count += 1
        size = math.sqrt(count or 1)
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
        shares = [float(self.word(word)[0]) for word in words]
        for place, (first, second) in enumerate(pairwise(words)):
            half = self.pair(first, second)[0] / 2
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
    return unpacked((files("app.domain.screening") / "abuse_weights.bin").read_bytes())
