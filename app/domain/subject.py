"""What a line of the log, or a decision, is about."""

from enum import StrEnum


class Subject(StrEnum):
    """The noun whose row changed; its id stands beside it."""

    POST = "post"
    AUTHOR = "author"
    QUESTION = "question"
    EVENT = "event"
    TALK = "talk"
    ROOM = "room"
    """What runs in a room, by hand; the id is the room's, 0 where all is in one."""
    PLACE = "place"
    """The room that a question is asked in; the id is the question's."""
    SOURCE = "source"
    ACCESS = "access"
    SEAT = "seat"
    WEBHOOK = "hook"
    INTAKE = "intake"
    CLEARING = "clearing"
    SCENE = "scene"
    """Which scene the walls show; the id is the event's."""
    ROOM_SCENE = "room scene"
    """That of one room; the id is the room's."""
    DUE = "due"
    """Which scene the programme has; the id is the room's, 0 for all rooms."""
    ANNOUNCEMENT = "announcement"
    """What is announced now; the id is the event's."""
    SPONSOR = "sponsor"
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
    DESCRIPTION = "description"
    LIFE = "life"
    """Whether the event is prepared, open, closed or archived."""
    CALLING = "calling"
    """When and how somebody is called to the desk."""
    PROGRAMME = "programme"
    TOKEN = "token"  # noqa: S105 - a word
    """What an event itself was given to ask a network with."""
    WAITING = "waiting"
    """What waits, screened again by the rules of now."""
    PROMPT = "prompt"
    """What a chat is asked now, and what is written for it; the id is the event's."""
    ANSWER = "answer"
    """Under which prompt a post stands; the id is the post's."""
    SERIES = "series"
    """What comes again: its rule and its words; the id is the series'."""
    EDITION = "edition"
    """When an edition is, what it is about, whether it takes place; the id is the event's."""


OF_ORGANISERS = frozenset({
    Subject.DESCRIPTION, Subject.LIFE, Subject.CALLING, Subject.PROGRAMME, Subject.TALK, Subject.SOURCE,
    Subject.ACCESS, Subject.WEBHOOK, Subject.WAITING, Subject.TOKEN,
    Subject.SPONSOR, Subject.SERIES, Subject.EDITION,
})  # fmt: skip
"""What is decided in setup. It is written down, and done otherwise there: the desk's undo leaves it alone."""
