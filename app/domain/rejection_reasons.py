"""Why a post is rejected, in a word that its author may read."""

from enum import StrEnum


class Declined(StrEnum):
    """The desk's keys 1 to 7, in this order."""

    OFF_TOPIC = "off_topic"
    UNKIND = "unkind"
    PERSONAL = "personal"
    SPAM = "spam"
    REPEAT = "repeat"
    UNCLEAR = "unclear"
    NOT_NOW = "not_now"
