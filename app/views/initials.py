"""The letter that stands for a name where there is no picture: the first sign that a reader sees."""

import unicodedata
from itertools import takewhile

JOINER = "\u200d"
KEYCAP = "\u20e3"
_FLAGS = range(0x1F1E6, 0x1F200)
_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_LONGEST = 12
"""So many characters make one sign at most: stacked marks do not."""


def initial(name: str) -> str:
    """The first sign of a name, as a capital if it has one; '' for a name without any."""
    name = unicodedata.normalize("NFC", name).lstrip()
    name = name.lstrip("".join({letter for letter in name if unicodedata.category(letter) in ("Cf", "Zs", "Cc")}))
    if not name:
        return ""
    first = name[: _length(name)]
    capital = first.upper()
    return capital if len(capital) == len(first) else first


def _length(name: str) -> int:
    if ord(name[0]) in _FLAGS:
        return 2 if len(name) > 1 and ord(name[1]) in _FLAGS else 1
    length = 1 + _added(name[1:])
    while length < min(len(name), _LONGEST) and name[length - 1] == JOINER and _joins(name[length]):
        length += 1 + _added(name[length + 1 :])
    return min(length, _LONGEST)


def _added(rest: str) -> int:
    return sum(1 for _ in takewhile(_belongs_to_the_one_before, rest))


def _belongs_to_the_one_before(letter: str) -> bool:
    return letter in (JOINER, KEYCAP) or unicodedata.category(letter)[0] == "M" or ord(letter) in (*_TONES, *_TAGS)


def _joins(letter: str) -> bool:
    """Pictures are joined to one; letters of scripts that use the joiner stay letters."""
    return unicodedata.category(letter) in ("So", "Sm", "Po", "Lo")
