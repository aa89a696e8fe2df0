"""What a head may make of few words: of five, one that is often read elsewhere would decide alone."""

import re

from app.domain.screening.reading.reading import Reading
from app.domain.verdict import Level

FEW_WORDS = 6
"""Of fewer words than that a head alone makes an attack only where it is sure ("Everybody out, fire drill.")."""
SURE_OF_FEW = 3.476
"""The log-odds of abuse (.97) that are enough for few words."""
GROUP_NAMED = 4
"""Words from which on an attack on a group is one: of fewer, naming the group is all there is."""
BORNE_BY_LENGTH = {"sexual": 0.4}
"""Odds that a head must have more for each word by which a post is short, where no rule bears it out."""
LONG_ENOUGH = 12
"""Words from which on a post is not short: of five, one that is often read elsewhere decides alone ("quiet room")."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_TAG = re.compile(r"#\w+|(?:https?://|www\.)\S+")


def words_of(read: Reading) -> int:
    return len(_WORD.findall(_TAG.sub(" ", read.text)))


def sure_of_few(name: str, odds: float, level: Level | None, words: int) -> bool:
    if name == "identity_attack":
        return level is Level.HOLD and words >= GROUP_NAMED
    return name == "abuse" and odds >= SURE_OF_FEW


def too_short(name: str, words: int, borne_out: bool) -> float:
    """The odds that a short post lacks, unless a rule of this head has fired too."""
    return 0.0 if borne_out else BORNE_BY_LENGTH.get(name, 0.0) * max(0, LONG_ENOUGH - words)
