"""Size and shape: empty, endless, shouted, stacked with marks, all emoji, or with letters that nobody sees."""

import re
import unicodedata
from collections.abc import Iterator

from app.domain.policy import Policy
from app.domain.screening.reading.blanks import has_words
from app.domain.screening.reading.normal import Span
from app.domain.screening.reading.reading import LETTERS_READ, Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_VERY_LONG = Sentence("Only its first %(letters)s characters were checked.", letters=LETTERS_READ)
_STORM = 3
_SHOUT = 20
_SIGNS = 6
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\u00ad\u034f\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0\U000e0000-\U000e007f]+")
_JOINED = re.compile(r"(?<=[A-Za-z])[\u200c\u200d]+(?=[A-Za-z])")
_MARKS = re.compile(r"[^\x00-\u02ff]{4,}")
_WORD = re.compile(r"[^\W\d_]{2,40}")
_LATIN = re.compile(r"[A-Za-z]")
_ALIEN = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff]")
_MATHS = re.compile(r"[\U0001d400-\U0001d7ff\U0001f130-\U0001f189\u24b6-\u24e9]{3,}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy, surroundings
    text = read.text
    if not has_words(text):
        level = Level.NOTE if read.post.photos else Level.NUDGE
        yield Signal("empty", "shape", level, "It has no words.")
        return
    if len(text) >= LETTERS_READ:
        yield Signal("very-long", "shape", Level.HOLD, _VERY_LONG)
    yield from _shouted(text)
    if _CONTROL.search(text):
        yield _hidden("control-characters", Sentence("It contains control characters."), _CONTROL.finditer(text))
    if not text.isascii():
        yield from _disguised(text)


def _shouted(text: str) -> Iterator[Signal]:
    if sum(map(str.isupper, text)) <= 0.8 * _SHOUT:
        return
    letters = list(filter(str.isalpha, text[:LETTERS_READ]))
    capitals = sum(map(str.isupper, letters))
    if len(letters) >= _SHOUT and capitals > 0.8 * len(letters):
        yield Signal("shouting", "shape", Level.NOTE, "Nearly all of it is in capitals.", 1.0, ((0, len(text)),))


def _disguised(text: str) -> Iterator[Signal]:
    yield from _emoji(text)
    if _TURNING.search(text):
        yield _hidden(
            "text-turned", Sentence("Hidden controls turn the direction of the text."), _TURNING.finditer(text)
        )
    unseen = [*_UNSEEN.finditer(text), *_JOINED.finditer(text)]
    inside = [match for match in unseen if _between_letters(text, *match.span())]
    if inside:
        yield _hidden("invisible-letters", Sentence("Words are split by characters that nobody sees."), inside)
    if storm := _storm(text):
        said = Sentence("Letters are stacked with so many marks that they cover other lines.")
        yield Signal("stacked-marks", "obfuscation", Level.HOLD, said, 1.0, storm)
    mixed = tuple(match.span() for match in _WORD.finditer(text) if _is_mixed(match.group()))
    if mixed:
        word = text[slice(*mixed[0])]
        said = Sentence("“%(word)s” mixes letters of two alphabets that look alike.", word=word)
        yield Signal("mixed-alphabets", "obfuscation", Level.NUDGE, said, 0.9, mixed[:20])
    if _MATHS.search(text):
        spans = tuple(match.span() for match in _MATHS.finditer(text))
        yield Signal("fancy-letters", "obfuscation", Level.NOTE, "It is written in decorated letters.", 0.5, spans[:20])


def _hidden(code: str, said: str, matches: Iterator[re.Match[str]] | list[re.Match[str]]) -> Signal:
    return Signal(code, "obfuscation", Level.NUDGE, said, 0.9, tuple(match.span() for match in matches)[:20])


def _between_letters(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isalpha() and text[end].isalpha()


def _is_mixed(word: str) -> bool:
    return not word.isascii() and bool(_LATIN.search(word)) and len(_ALIEN.findall(word)) > 0 and not _unit(word)


def _unit(word: str) -> bool:
    """µg and β-blockers are how clinicians write."""
    return word[0] in "µμαβγδΔΩκλ" and word[1:].isascii()


def _storm(text: str) -> tuple[Span, ...]:
    """Runs of more than three marks on one letter."""
    spans: list[Span] = []
    for found in _MARKS.finditer(text):
        run = 0
        for place in range(found.start(), found.end() + 1):
            if place < found.end() and unicodedata.category(text[place]) in ("Mn", "Me") and text[place] != "\ufe0f":
                run += 1
                continue
            if run > _STORM:
                spans.append((place - run, place))
            run = 0
    return tuple(spans[:20])


def _emoji(text: str) -> Iterator[Signal]:
    signs = sum(unicodedata.category(char) == "So" for char in _NOT_ASCII.findall(text[:LETTERS_READ]))
    if signs < _SIGNS:
        return
    letters = sum(map(str.isalnum, text[:LETTERS_READ]))
    if signs > letters:
        yield Signal("mostly-emoji", "shape", Level.NOTE, "It is mostly emoji.", 1.0, ((0, len(text)),))
