"""A text as the heads read it: its words and signs, and the hashed pieces of each.

Training and screening read through this one file, so that both see the same. A name is read as a name, whosever it is;
links, mentions and numbers as what they are, not as what they say.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from app.domain.screening.checks.abuse import bad_by_chance
from app.domain.screening.checks.people_in_care import COMMON, forenames
from app.domain.screening.reading.normal import Span, Views

HEADS_BITS = 18
MASK = (1 << HEADS_BITS) - 1
SHORTEST, LONGEST = 3, 5
"""Lengths of the runs of letters in a word, counted with a mark at its beginning and end."""

PIECE = 24
"""Of a longer run of letters, its beginning is read."""

_WORD = re.compile(
    r"(?:https?://|www\.)\S+|@\w+|[^\W\d_]+(?:['’*#][^\W_]+)*\*?|\d+|[?!]+|[^\x00-\x7f\s]|[…£€$%+]|\.{2,}|[\"“”#]"
)
_BEGIN, _END = "<s>", "</s>"


class Word(NamedTuple):
    """What is read (`text`), what it is when it stands beside another (`kind`), and where it is in the original."""

    text: str
    span: Span


def texts(views: Views) -> list[str]:
    """The words and signs, capitals kept where they are the writer's."""
    squeezed = _WORD.findall(views.squeezed.text)
    if views.shown is views.squeezed.text or not squeezed:
        return squeezed
    shown = _WORD.findall(views.shown)
    if len(shown) != len(squeezed):
        return squeezed
    return [own if own.lower() == read else read for own, read in zip(shown, squeezed, strict=True)]


def places(views: Views) -> list[Span]:
    """Where each of `texts` stands in the original."""
    span = views.squeezed.span
    return [span(*match.span()) for match in _WORD.finditer(views.squeezed.text)]


@lru_cache(maxsize=16384)
def pieces(word: str) -> tuple[int, ...]:
    """Buckets of a word: the whole of it, its runs of letters, and what kind of word it is.

    Of one that holds a bad one by chance (raccoons) the runs of letters say nothing.
    """
    small = _plain(word)
    data = b"<%s>" % small[:PIECE].encode("utf-8", "replace")
    found = [crc32(data, 1) & MASK]
    if (small.isalpha() or "*" in small) and small not in bad_by_chance():
        size = len(data)
        for length in range(SHORTEST, min(LONGEST, size - 1) + 1):
            found += [crc32(data[at : at + length]) & MASK for at in range(size - length + 1)]
    own = kind(word)
    if own != small:
        found += [crc32(own.encode(), 3) & MASK] * 3
    return tuple(found)


@lru_cache(maxsize=16384)
def kind(word: str) -> str:
    """What a word is to its neighbours: names are all alike, numbers by their length."""
    small = _plain(word)
    if small in _FORENAMES and small not in COMMON:
        return "=Name" if word[:1].isupper() else "=name"
    if word[:1].isupper() and len(word) > 1 and small not in COMMON and small.isalpha():
        return "=CAPS" if word.isupper() else "=Capital"
    return small


def _plain(word: str) -> str:
    small = word.lower().replace("'", "").replace("’", "")
    if small.isalpha():
        return small
    if small[0] in "hw" and "." in small:
        return "=link"
    if small[0] == "@":
        return "=at"
    if small.isdigit():
        return f"={min(len(small), 5)}"
    if small[0] in "?!":
        return small[0] if len(small) == 1 else small[0] * 2
    return small


def pairs(words: list[str]) -> set[tuple[str, str]]:
    """Neighbours, and those one apart, as kinds; with the beginning and the end."""
    kinds = [_BEGIN, *map(kind, words), _END]
    found = set(pairwise(kinds))
    found.update((f"{first}_", second) for first, second in zip(kinds, kinds[2:], strict=False))
    return found


def pair(pair: tuple[str, str]) -> int:
    """The bucket of two words beside each other."""
    return crc32(f"{pair[0]} {pair[1]}".encode("utf-8", "replace"), 2) & MASK


_FORENAMES = forenames()
