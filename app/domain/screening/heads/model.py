"""The heads: linear scores over hashed pieces of words, one int8 weight a piece and head, all added up at once.

They rank; they do not judge. A text is scored in windows of words, so that an insult at the end of a long post weighs
as much as one alone. `training/heads` makes the weights; `docs/screening-model-card.md` has the figures.
"""

import json
import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from app.domain.screening.heads import words as read

WINDOW = 40
STEP = 20
MAGIC = b"backchannel heads 1\n"
_BIAS = 128
_LANE = 4
"""Bytes that a head has in a row: sums of a window stay far below what fits."""


@dataclass(frozen=True, slots=True)
class Head:
    """What goes with the weights of a head. Scores are log-odds; `slope` and `offset` calibrate them.

    `witness` is what each rule that fired adds to the calibrated log-odds. `levels` are the scores from which a preset
    nudges and holds.
    """

    name: str
    scale: float
    bias: float
    slope: float = 1.0
    offset: float = 0.0
    witness: dict[str, float] = field(default_factory=dict)
    levels: dict[str, tuple[float, float]] = field(default_factory=dict)


class Model:
    """Weights in memory, a row a piece. Words come again and again, so their sums are kept."""

    def __init__(self, heads: Sequence[Head], planes: Sequence[bytes]) -> None:
        self.heads = tuple(heads)
        self.names = tuple(head.name for head in heads)
        self._width = width = _LANE * (len(heads) + 1)
        self._rows = rows = bytearray(width << read.HEADS_BITS)
        for place, plane in enumerate(planes):
            rows[_LANE * place :: width] = plane
        rows[_LANE * len(heads) :: width] = b"\x01" * (1 << read.HEADS_BITS)
        self._lanes = struct.Struct(f"<{len(heads) + 1}I")
        self.word = lru_cache(maxsize=16384)(self._word)

    def _row(self, bucket: int) -> int:
        at = bucket * self._width
        return int.from_bytes(self._rows[at : at + self._width], "little")

    def _word(self, word: str) -> int:
        return sum(map(self._row, read.pieces(word)))

    def scores(self, words: list[str]) -> list[float]:
        """The log-odds of each head, of its highest window."""
        if len(words) <= WINDOW:
            return self._window(words)
        windows = [self._window(words[start : start + WINDOW]) for start in range(0, len(words) - STEP, STEP)]
        return list(map(max, zip(*windows, strict=True)))

    def _window(self, words: list[str]) -> list[float]:
        """A word or pair counts once in a window."""
        total = sum(map(self.word, set(words)))
        for one in map(read.pair, read.pairs(words)):
            total += self._row(one)
        *sums, count = self._sums(total)
        size = math.sqrt(count)
        less = _BIAS * count
        return [head.bias + head.scale * (one - less) / size for head, one in zip(self.heads, sums, strict=True)]

    def _sums(self, total: int) -> tuple[int, ...]:
        return self._lanes.unpack(total.to_bytes(self._width, "little"))

    def shares(self, words: list[str], place: int) -> list[float]:
        """How much each word adds to the score of a head, half of its pairs included."""
        shares = [self._share(self.word(word), place) for word in words]
        for at, (first, second) in enumerate(pairwise(map(read.kind, words))):
            half = self._share(self._row(read.pair((first, second))), place) / 2
            shares[at] += half
            shares[at + 1] += half
        return shares

    def _share(self, total: int, place: int) -> float:
        sums = self._sums(total)
        return float(sums[place] - _BIAS * sums[-1])


def features(words: list[str]) -> list[int]:
    """The buckets of one window, for training."""
    within = words[:WINDOW]
    found = [bucket for word in sorted(set(within)) for bucket in read.pieces(word)]
    return found + [read.pair(one) for one in sorted(read.pairs(within))]


def probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def packed(facts: dict[str, object], planes: Sequence[bytes]) -> bytes:
    """The weights as a file."""
    return MAGIC + json.dumps(facts, sort_keys=True).encode() + b"\n" + zlib.compress(b"".join(planes), 9)


def unpacked(data: bytes) -> Model:
    if not data.startswith(MAGIC):
        raise ValueError("These are no weights of the heads.")
    head, _, body = data[len(MAGIC) :].partition(b"\n")
    facts = json.loads(head)
    planes = zlib.decompress(body)
    size = 1 << read.HEADS_BITS
    if facts["bits"] != read.HEADS_BITS or len(planes) != size * len(facts["heads"]):
        raise ValueError("The weights of the heads were made for another version.")
    heads = [Head(**one) for one in facts["heads"]]
    return Model(heads, [planes[at : at + size] for at in range(0, len(planes), size)])


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The weights that come with the program, read once."""
    return unpacked((files("app.domain.screening.heads") / "weights.bin").read_bytes())
