"""Three ways to read a text, so that a disguise does not help; each knows where its letters stand in the original.

Folded is what a reader sees, in small letters. The skeleton undoes look-alike letters, leet, accents and stretched
words. Squeezed also joins letters that were spaced or dotted apart. All take time in proportion to the text.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.domain.screening.reading.lookalikes import LEET, LOOKALIKES, PUNCTUATION

VERSION = 1
"""Raise it when a reading changes: what was learned from readings must be learned again."""

Span = tuple[int, int]

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_LEETISH = re.compile(r"(?<!\S)(?![@#]|https?:|www\.)(?=\S{0,30}[a-z])(?=\S{0,30}[0-9@$!+|€£])\S{2,30}(?!\S)")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-_*/,|]{1,3}[^\W_](?![^\W_])){2,}")
_APART = re.compile(r"[ .\-_*/,|][^\W_][ .\-_*/,|]{1,3}[^\W_](?![^\W_])")
"""Part of every match of `_SPACED`, and sooner found not to be there."""

_LETTER = re.compile(r"[a-z]")
_EXPANDED = 4
"""One character may become at most so many: some single ones stand for a whole sentence."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text in one spelling; `places` holds for each of its characters the place in the original."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of this spelling stands in the original."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Views:
    """`shown` is the folded spelling with its capitals: both share their places. `joined` are spans of squeezed."""

    original: str
    shown: str
    folded: Spelling
    skeleton: Spelling
    squeezed: Spelling
    joined: tuple[Span, ...] = ()


@lru_cache(maxsize=16)
def views(text: str) -> Views:
    """All spellings of a text."""
    shown, plain, shown_at, plain_at = _read(text)
    folded = Spelling(_small(shown), shown_at)
    skeleton = _skeleton(folded if plain == shown else Spelling(_small(plain), plain_at))
    squeezed, joined = _squeezed(skeleton)
    return Views(text, shown, folded, skeleton, squeezed, joined)


def _read(text: str) -> tuple[str, str, Sequence[int], Sequence[int]]:
    """The text as shown and as bare letters, with the places of both."""
    whole = range(len(text))
    if text.isascii():
        return text, text, whole, whole
    shown: list[str] = []
    plain: list[str] = []
    shown_at: list[int] = []
    plain_at: list[int] = []
    last = 0
    for match in _NOT_ASCII.finditer(text):
        at = match.start()
        if at > last:
            shown.append(text[last:at])
            plain.append(text[last:at])
            shown_at.extend(range(last, at))
            plain_at.extend(range(last, at))
        seen, bare = _character(text[at])
        shown.append(seen)
        plain.append(bare)
        shown_at.extend([at] * len(seen))
        plain_at.extend([at] * len(bare))
        last = at + 1
    shown.append(text[last:])
    plain.append(text[last:])
    shown_at.extend(range(last, len(text)))
    plain_at.extend(range(last, len(text)))
    return "".join(shown), "".join(plain), shown_at, plain_at


@lru_cache(maxsize=8192)
def _character(char: str) -> tuple[str, str]:
    """How one character is shown, and the bare letters that it stands for."""
    if is_invisible(char):
        return "", ""
    if char in PUNCTUATION:
        return PUNCTUATION[char], PUNCTUATION[char]
    if unicodedata.category(char) in ("Mn", "Me"):
        return char, ""
    seen = unicodedata.normalize("NFKC", char)[:_EXPANDED]
    parts = unicodedata.normalize("NFKD", LOOKALIKES.get(char, char))[: _EXPANDED * 2]
    bare = "".join(LOOKALIKES.get(part, part) for part in parts if unicodedata.category(part) not in ("Mn", "Me"))
    return seen, bare[:_EXPANDED]


def is_invisible(char: str) -> bool:
    """Takes no room: zero-width and direction controls, selectors, tags, blank fillers."""
    code = ord(char)
    if unicodedata.category(char) == "Cf":
        return True
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or code in (0x34F, 0x115F, 0x1160, 0x3164, 0xFFA0)


def _small(text: str) -> str:
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in text)


def _skeleton(bare: Spelling) -> Spelling:
    text = _LEETISH.sub(lambda match: unleet(match.group()), bare.text)
    if not _STRETCHED.search(text):
        return bare if text == bare.text else Spelling(text, bare.places)
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for match in _STRETCHED.finditer(text):
        kept.append(text[last : match.start() + 1])
        places.extend(bare.places[last : match.start() + 1])
        last = match.end()
    kept.append(text[last:])
    places.extend(bare.places[last:])
    return Spelling("".join(kept), places)


def unleet(word: str) -> str:
    """Digits and signs that stand for letters, inside a word; "great!" and "b12" stay readable."""
    core = word.rstrip("!.,?:;)")
    tail = word[len(core) :]
    letters = sum(char.isalpha() for char in core)
    signs = sum(char in LEET for char in core)
    if not signs or letters + signs < 0.7 * len(core) or "://" in core or ("@" in core and "." in core):
        return word
    return core.translate(_LEET_TABLE) + tail


_LEET_TABLE = str.maketrans(LEET)


def _squeezed(skeleton: Spelling) -> tuple[Spelling, tuple[Span, ...]]:
    text = skeleton.text
    runs = [match.span() for match in _SPACED.finditer(text)] if _APART.search(text) else []
    if not runs:
        return skeleton, ()
    kept: list[str] = []
    places: list[int] = []
    joined: list[Span] = []
    last = 0
    for start, end in runs:
        kept.append(text[last:start])
        places.extend(skeleton.places[last:start])
        word, at = _join(text, start, end)
        begin = len(places)
        kept.append(word)
        places.extend(skeleton.places[place] for place in at)
        joined.append((begin, len(places)))
        last = end
    kept.append(text[last:])
    places.extend(skeleton.places[last:])
    return Spelling("".join(kept), places), tuple(joined)


def _join(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Letters without what stands between them; a blank among dots, or a wider one, stays a gap between words."""
    letters = [place for place in range(start, end) if text[place].isalnum()]
    between = [text[before + 1 : after] for before, after in pairwise(letters)]
    blank = [any(map(str.isspace, gap)) for gap in between]
    dotted = not all(blank)
    narrow = min(map(len, between), default=1)
    word: list[str] = []
    at: list[int] = []
    for place, gap, parted in zip(letters, [*between, ""], [*blank, False], strict=True):
        word.append(text[place])
        at.append(place)
        if parted if dotted else len(gap) > narrow:
            word.append(" ")
            at.append(place + 1)
    joined = "".join(word)
    mostly_letters = 2 * len(_LETTER.findall(joined)) >= len(letters)
    return (joined.translate(_LEET_TABLE) if mostly_letters else joined), at
