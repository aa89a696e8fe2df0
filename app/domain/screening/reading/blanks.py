"""What looks like nothing: white space, letters that take no room or are drawn empty, marks without a letter."""

import unicodedata

from app.domain.screening.reading.normal import is_invisible

_DRAWN_EMPTY = frozenset("\u2800\u3164\uffa0\u115f\u1160\ufffd")
"""And what stands where something could not be stored."""
_BLANK_KINDS = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"})


def has_words(text: str) -> bool:
    """Whether anything is to be seen of it: a letter, a digit, a sign, an emoji."""
    return not all(_is_blank(char) for char in text)


def _is_blank(char: str) -> bool:
    return char in _DRAWN_EMPTY or is_invisible(char) or unicodedata.category(char) in _BLANK_KINDS
