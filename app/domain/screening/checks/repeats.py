"""The same text again: a repost typed by hand, a chain letter, a spam wave.

A copy may gain a link, a mention, capitals, emoji, a word at its end or a typing error. Where a word is another word,
a number another number, or "not" comes in, it says something else and is no copy.
"""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from app.domain.policy import Policy
from app.domain.screening.reading.fingerprint import DISTINCT
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence, counted
from app.domain.verdict import Level, Signal

NEAR = frozenset({"own-near-repeat", "coordinated", "near-copy"})
"""Codes of signals that say: nearly the same was here before."""

_ALIKE = 85
_CANDIDATES = 5
_COORDINATED = 3
_REPOST = re.compile(r"RT @\w+:")
_PASSED_ON = Sentence("It says that it passes on what somebody else wrote (“RT”).")
"""A remark: a network's own reposts come as such. One typed by hand may add a thought, and is somebody's post."""
_TURNS = {"not", "no", "never", "without", "cannot", "dont", "cant", "wont", "isnt", "stop", "un", "except", "nor"}


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy
    if _REPOST.match(read.text):
        yield Signal("repost", "duplicate", Level.NOTE, _PASSED_ON, 1.0, ((0, 2),))
    if surroundings.same_text_by_author:
        yield Signal("own-repeat", "duplicate", Level.HOLD, "The same author has sent the same text before.")
    elif surroundings.same_text:
        yield Signal(
            "same-text",
            "duplicate",
            Level.HOLD,
            counted(
                "%(num)d other post here says the same.",
                "%(num)d other posts here say the same.",
                surroundings.same_text,
            ),
        )
    elif surroundings.recent:
        yield from _near(read, surroundings)


def _near(read: Reading, surroundings: Surroundings) -> Iterator[Signal]:
    alike = copies(read.essence, [past.said for past in surroundings.recent])
    authors = {surroundings.recent[place].author for place in alike}
    if not authors:
        return
    if surroundings.author in authors:
        yield Signal(
            "own-near-repeat", "duplicate", Level.HOLD, "The same author has sent nearly the same before.", 0.9
        )
    elif len(authors) >= _COORDINATED - 1:
        said = Sentence("%(authors)d authors have sent nearly the same text.", authors=len(authors) + 1)
        yield Signal("coordinated", "duplicate", Level.HOLD, said, 0.95)
    else:
        said = counted(
            "%(num)d other post here says nearly the same.", "%(num)d other posts here say nearly the same.", len(alike)
        )
        yield Signal("near-copy", "duplicate", Level.HOLD, said, 0.9)


def copies(mine: str, said: list[str]) -> list[int]:
    """The places in a list of essences that say the same as one essence does."""
    if len(mine.replace(" ", "")) < DISTINCT:
        return []
    alike = process.extract(mine, said, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_CANDIDATES)
    return [place for other, _, place in alike if _says_the_same(mine, other)]


def _says_the_same(mine: str, other: str) -> bool:
    if mine == other:
        return True
    one, two = mine.split(), other.split()
    if any(map(_turns, set(one).symmetric_difference(two))):
        return False
    gone: list[str] = []
    come: list[str] = []
    inside = False
    for step in Indel.opcodes(one, two):
        if step.tag == "equal":
            continue
        gone += one[step.src_start : step.src_end]
        come += two[step.dest_start : step.dest_end]
        ends = step.src_start == step.dest_start == 0 or (step.src_end == len(one) and step.dest_end == len(two))
        inside = inside or not ends
    if any(map(_turns, (*gone, *come))):
        return False
    for word in list(gone):
        match = next((new for new in come if len(word) > 3 and fuzz.ratio(word, new) >= 80 and word[0] == new[0]), None)
        if match is not None:
            gone.remove(word)
            come.remove(match)
    if inside and (gone or come):
        return False
    return not (gone and come) and len(gone) + len(come) <= max(1, min(len(one), len(two)) // 5)


def _turns(word: str) -> bool:
    """A word that says something else by coming or going."""
    return word in _TURNS or any(map(str.isdigit, word))
