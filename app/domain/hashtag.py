"""A hashtag as networks read it: letters of any script with their marks, digits, _ and joiners; not digits alone."""

import re
import unicodedata

MAX_LETTERS = 100
JOINERS = "\u200c\u200d\u30fb\u00b7"
"""Zero-width joiners of Persian and Indic scripts, and the middle dots of Japanese and Catalan."""


class BadHashtag(ValueError):
    """It would be found nowhere; the sentence says why."""


def hashtag(typed: str) -> str:
    """The tag without its sign, composed, so that two ways of typing é are one. '' for nothing. Raises BadHashtag."""
    tag = unicodedata.normalize("NFC", typed.strip().lstrip("#＃").strip())
    if not tag:
        return ""
    if not all(_fits(letter) for letter in tag) or not re.search(r"\w", tag):
        raise BadHashtag(f"“{tag}” is not a hashtag: letters, digits and _ only.")
    if all(unicodedata.category(letter) == "Nd" or letter in JOINERS for letter in tag):
        raise BadHashtag(
            f"“{tag}” is only digits: no network takes that for a hashtag. Add a letter, such as box{tag}."
        )
    if len(tag) > MAX_LETTERS:
        raise BadHashtag(f"“{tag[:20]}…” is too long for a hashtag.")
    return tag


def _fits(letter: str) -> bool:
    return letter == "_" or letter in JOINERS or unicodedata.category(letter)[0] in "LMN"
