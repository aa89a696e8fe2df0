"""A hashtag as networks read it: letters of any script with their marks, digits, _ and joiners; not digits alone."""

import unicodedata

from app.domain.sentence import Said

MAX_LETTERS_OF_A_TAG = 100
JOINERS = "\u200c\u200d\u30fb\u00b7"
"""Zero-width joiners of Persian and Indic scripts, and the middle dots of Japanese and Catalan."""


class BadHashtag(Said, ValueError):
    """It would be found nowhere; the sentence says why."""


def hashtag(typed: str) -> str:
    """The tag without its sign, composed, so that two ways of typing é are one. '' for nothing. Raises BadHashtag."""
    tag = unicodedata.normalize("NFC", typed.strip().lstrip("#＃").strip())
    if not tag:
        return ""
    if not all(_fits(letter) for letter in tag):
        raise BadHashtag("“%(tag)s” is not a hashtag: letters, digits and _ only.", tag=tag)
    if not any(unicodedata.category(letter)[0] == "L" for letter in tag):
        if any(unicodedata.category(letter)[0] == "N" for letter in tag):
            raise BadHashtag(
                "“%(tag)s” is only digits: no network takes that for a hashtag. Add a letter, such as box%(tag)s.",
                tag=tag,
            )
        raise BadHashtag("“%(tag)s” has no letter: no network takes that for a hashtag.", tag=tag)
    if len(tag) > MAX_LETTERS_OF_A_TAG:
        raise BadHashtag("“%(tag)s…” is too long for a hashtag.", tag=tag[:20])
    return tag


def _fits(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return letter == "_" or letter in JOINERS or kind[0] in "LM" or kind == "Nd"
