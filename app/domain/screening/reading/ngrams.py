"""A text as the abuse model reads it: words with their places, and the hashed pieces of each word.

Training and screening read through this one file, so that both see the same.
"""

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from app.domain.screening.reading.normal import Span, Views

BITS = 19
MASK = (1 << BITS) - 1
SHORTEST_NGRAM, LONGEST_NGRAM = 3, 5
"""Lengths of the pieces of a word, counted with a mark at its beginning and end."""

PIECE = 24
"""A longer run of letters is read in pieces of this length that overlap."""

_WORD = re.compile(
    r"(?:https?://|www\.)\S+|@(?!ss|rse)\w+"  # links and mentions say nothing
    r"|(@?[^\W_]+(?:['*#]+[^\W_]+)*(?:\*+(?!\S))?|[^\x00-\x7f\s])"
)
_STARS = re.compile(r"[*#]+")
_SILENT = {"rt", "amp", "ª", "º"}


class Word(NamedTuple):
    """`span` is its place in the original text."""

    text: str
    span: Span


def read(views: Views, only: Container[str] | None = None) -> list[Word]:
    """The words and emoji of a text (or only some), without links and mentions."""
    words: list[Word] = []
    unmoved = isinstance(views.squeezed.places, range)
    for match in _WORD.finditer(views.squeezed.text):
        text = match[1]
        if not text:
            continue
        start, end = match.span()
        if end - start > PIECE:
            words += [piece for piece in _pieces(views, start, end) if only is None or piece.text in only]
            continue
        if not text.isalpha():
            text = _plain(text)
        if text not in _SILENT and (only is None or text in only):
            words.append(Word(text, (start, end) if unmoved else _place(views, start, end)))
    return words


def texts(views: Views) -> list[str]:
    """The same words without their places: all that a score needs, in half the time."""
    said = list(map(_said, _WORD.findall(views.squeezed.text)))
    if None in said:
        return [word.text for word in read(views)]
    return list(filter(None, said))


@lru_cache(maxsize=16384)
def _said(word: str) -> str | None:
    """What is read of a word, '' for nothing, None if it must be read in pieces."""
    if len(word) > PIECE:
        return None
    text = word if word.isalpha() else _plain(word)
    return "" if text in _SILENT else text


def _pieces(views: Views, start: int, end: int) -> Iterator[Word]:
    for begin in range(start, end - 4, PIECE - 4):
        until = min(begin + PIECE, end)
        yield Word(_plain(views.squeezed.text[begin:until]), _place(views, begin, until))


def _plain(word: str) -> str:
    if word.isdigit():
        return "0"
    return _STARS.sub("*", word.replace("@", "a")).replace("'", "")


def _place(views: Views, start: int, end: int) -> Span:
    """Up to the next letter that counts, so that a stretched or marked word is taken whole."""
    places = views.squeezed.places
    after = places[end] if end < len(places) else len(views.original)
    until = places[end - 1] + 1
    while until < after and _belongs(views.original[until]):
        until += 1
    return places[start], until


def _belongs(char: str) -> bool:
    return char.isalnum() or not char.isascii()


def pieces(word: str) -> list[int]:
    """Buckets of a word: the whole of it, and its runs of letters."""
    data = b"<%s>" % word.encode("utf-8", "replace")
    found = [crc32(data, 1) & MASK]
    if len(word) == 1:
        return found
    size = len(data)
    for length in range(SHORTEST_NGRAM, min(LONGEST_NGRAM, size - 1) + 1):
        found += [crc32(data[at : at + length]) & MASK for at in range(size - length + 1)]
    return found


def pair(first: str, second: str) -> int:
    """The bucket of two words that follow each other."""
    return crc32(f"{first} {second}".encode("utf-8", "replace"), 2) & MASK
