"""What a line of the log, or a decision, is about."""

from enum import StrEnum


class Subject(StrEnum):
    """The noun whose row changed; its id stands beside it."""

    POST = "post"
    AUTHOR = "author"
    QUESTION = "question"
    EVENT = "event"
    TALK = "talk"
    SOURCE = "source"
    ACCESS = "access"
    SEAT = "seat"
    WEBHOOK = "hook"
    INTAKE = "intake"
    CLEARING = "clearing"
    POLICY = "policy"
    AGREEMENT = "agreement"
    DELAY = "delay"
    VOTES = "votes"
    REVEAL = "reveal"
    NAME = "name"
    """What a post is signed with; the id is the post's."""
    ALARM = "alarm"
    INCIDENT = "incident"
    BRAND = "brand"
    """Its logo, picture, colours and invitation; the id is the event's."""
    SPEECH = "speech"
    """How times and words are said, the zone and the language: all that is shown looks different."""
