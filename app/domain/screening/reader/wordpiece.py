"""A text as the encoder reads it: numbers of pieces of words (WordPiece, small letters), in windows that it can hold.

It reads the squeezed spelling, in which a disguise is undone. Links and mentions are read as what they are, emoji by
their names.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from app.domain.screening.reading.normal import Views

LONGEST_WINDOW = 126
"""Pieces of a window, its beginning and end not counted."""
WINDOW_STEP = 96
MOST_WINDOWS = 8
_LONGEST_WORD = 100

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_MENTION = re.compile(r"@\w+")


def windows(views: Views) -> list[list[int]]:
    """The pieces of a text, between its marks; a long one in windows that overlap, its end always among them.

    What does not fit into MOST_WINDOWS is left out before the last window, which holds the last pieces.
    """
    pieces = encode(views.squeezed.text)
    starts = list(range(0, max(1, len(pieces) - LONGEST_WINDOW + WINDOW_STEP), WINDOW_STEP))
    if len(starts) > MOST_WINDOWS:
        starts = [*starts[: MOST_WINDOWS - 1], len(pieces) - LONGEST_WINDOW]
    begin, end = vocabulary()["[CLS]"], vocabulary()["[SEP]"]
    return [[begin, *pieces[start : start + LONGEST_WINDOW], end] for start in starts]


def encode(text: str) -> list[int]:
    """The pieces of a text, without marks."""
    plain = _MENTION.sub(" user ", _ADDRESS.sub(" link ", text.lower()))
    return [piece for word in _words(plain) for piece in _pieces(word)]


def _words(text: str) -> list[str]:
    return "".join(map(_apart, text)).split()


@lru_cache(maxsize=4096)
def _apart(char: str) -> str:
    """A character as it is read: signs stand alone, accents are nothing, emoji are their names."""
    if char.isspace():
        return " "
    kind = unicodedata.category(char)
    if char.isascii():
        return "" if kind == "Cc" else char if char.isalnum() else f" {char} "
    if kind in ("Mn", "Cc", "Cf", "Sk", "Co", "Cn", "Cs"):
        return ""
    if kind == "So":
        return f" {unicodedata.name(char, '').lower()} "
    if kind[0] == "P" or "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf":
        return f" {char} "
    return "".join(one for one in unicodedata.normalize("NFD", char) if unicodedata.category(one) != "Mn")


@lru_cache(maxsize=16384)
def _pieces(word: str) -> tuple[int, ...]:
    """The longest pieces that make a word, from its beginning; what cannot be made is unknown as a whole."""
    known = vocabulary()
    if len(word) > _LONGEST_WORD:
        return (known["[UNK]"],)
    found: list[int] = []
    start = 0
    while start < len(word):
        end = len(word)
        while (piece := known.get(word[start:end] if not start else f"##{word[start:end]}")) is None:
            end -= 1
            if end == start:
                return (known["[UNK]"],)
        found.append(piece)
        start = end
    return tuple(found)


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, int]:
    """The number of each piece."""
    lines = (files("app.domain.screening.reader") / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}
