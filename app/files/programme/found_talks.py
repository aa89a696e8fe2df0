"""A talk as a reader finds it in a file, before anybody has judged it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.sentence import Sentence

CANCELLED = Sentence("It is cancelled.")
NOT_ACCEPTED = Sentence("It is not accepted.")
SERVICE = Sentence("It is a break, not a talk.")
ALL_DAY = Sentence("It has a day but no time.")
NO_TIME = Sentence("It has no time.")
NO_TITLE = Sentence("It has no title.")
TWICE = Sentence("The same talk stands in the file twice.")
CLOSED = Sentence("It ends before it starts.")


@dataclass(slots=True)
class FoundTalk:
    """One entry. Times without a zone are meant in the zone of the programme."""

    title: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    lasts: timedelta | None = None
    room: str = ""
    speakers: list[str] = field(default_factory=list)
    do_not_share: bool = False
    ids: list[str] = field(default_factory=list)
    """Identifiers in the file, the best first; each with its kind, such as `guid:…`."""
    why_not: Sentence | None = None
    """Why it is no talk of this programme, where the file says so."""


@dataclass(slots=True)
class FoundProgramme:
    format: str
    talks: list[FoundTalk]
    zone: str = ""
    """The zone that the file names; '' if none."""
    warnings: list[Sentence] = field(default_factory=list)
