"""What looks like nothing: white space, letters that take no room or are drawn empty, marks without a letter."""

import unicodedata

from app.domain.screening.reading.normal import is_invisible

_DRAWN_EMPTY = frozenset("\u2800\u3164\uffa0\u115f\u1160\ufffd")
"""And what stands where something could not be stored."""
_JOINERS = "\u200c\u200d"
"""Some languages write with them, between letters."""
_BLANK_KINDS = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"})


def has_words(text: str) -> bool:
    """Whether anything is to be seen of it: a letter, a digit, a sign, an emoji."""
    return not all(_is_blank(char) for char in text)


def legible(text: str) -> str:
    """Without what takes no room and means nothing, and with one space between words; '' if nothing is to be seen."""
    kept = "".join(char for char in text if char in _JOINERS or not is_invisible(char))
    words = (word.strip(_JOINERS) for word in kept.split())
    return " ".join(filter(None, words)) if has_words(kept) else ""


def _is_blank(char: str) -> bool:
    return char in _DRAWN_EMPTY or is_invisible(char) or unicodedata.category(char) in _BLANK_KINDS
