"""What a signal is about. This is the one list: words, and what setup may rule, take their names from here."""

from enum import StrEnum


class Category(StrEnum):
    PRIVACY = "privacy"
    ABUSE = "abuse"
    IDENTITY_ATTACK = "identity_attack"
    THREAT = "threat"
    SEXUAL = "sexual"
    SELF_HARM = "self_harm"
    SPAM = "spam"
    LINK = "link"
    DUPLICATE = "duplicate"
    OBFUSCATION = "obfuscation"
    VENT = "vent"
    LANGUAGE = "language"
    QUESTION = "question"
    AUTHOR = "author"
    SHAPE = "shape"


FIXED = frozenset({Category.AUTHOR, Category.SHAPE})
"""A blocked author stays blocked, and what could not be read is held, whatever the policy."""
SETTABLE = tuple(category for category in Category if category not in FIXED | {Category.QUESTION})
"""Those that may be given a level of their own."""
_OF_HEADS = {"person": Category.PRIVACY, "care": Category.SELF_HARM}


def category_of(head: str) -> str:
    """What the signals of a learned head are about: mostly what it is called."""
    return _OF_HEADS.get(head, head)
