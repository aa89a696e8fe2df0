"""What a text says, whatever its coat: to find the same again, and nearly the same."""

import hashlib
import re
from functools import lru_cache

DISTINCT = 12
"""Fewer letters than this are said by many without copying ("Hello!", "Well said")."""

_ASIDE = re.compile(r"https?://\S+|(?<!\w)@\w+|^rt(?= @\w)|(?<=\s)rt(?= @\w)|&\w{2,6};")
_NOT_SAID = re.compile(r"^rt @\w+|https?://\S+|@\w+")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def essence(text: str) -> str:
    """The words of a text in small letters, without links, mentions, signs and emoji."""
    return " ".join(_WORD.findall(_ASIDE.sub(" ", casefolded(text)).replace("'", "").replace("’", "")))


def fingerprint(text: str) -> str:
    """What a text says without "RT", links, mentions, case and punctuation; '' when too short to compare."""
    letters = "".join(filter(str.isalnum, _NOT_SAID.sub(" ", casefolded(text))))
    return hashlib.sha256(letters.encode()).hexdigest()[:32] if len(letters) >= DISTINCT else ""


def casefolded(text: str) -> str:
    """Lower case, one character for one, so that a place in the result is a place in the text."""
    if text.isascii():
        return text.lower()
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in text)
