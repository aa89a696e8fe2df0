"""A meet: an edition at a place, who comes to it, and what was noted there."""

from dataclasses import dataclass

from pydantic import AwareDatetime
from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel, UniqueConstraint

from app.domain.column_types import stored
from app.domain.seen_words import seen_mark
from app.domain.verdict import Verdict
from app.domain.web_addresses import LONGEST_URL

LONGEST_FACT = 500
LONGEST_AGENDA = 3_000
LONGEST_NOTES = 20_000
LONGEST_GUEST = 60
LONGEST_BRINGS = 120
LONGEST_ALT = 300
MOST_PHOTOS = 60
"""Of a meet, those that a host has taken away not counted …"""
MOST_OF_ONE_PHONE = 10
"""… and so many of one phone, whatever was made of them;"""
MOST_WAITING_OF_ONE_ADDRESS = 30
"""so many of one address while they wait: a café has one for all in it, and half of the places is left for others."""
MOST_PHOTOS_KEPT = 3 * MOST_PHOTOS
"""With those that were taken away, until somebody deletes them."""
PHOTO_SIDE = 1_600
"""Pixels: on a phone and on paper nobody sees more."""
MOST_WITH_ONE = 9
"""Somebody brings so many guests at most."""
MOST_SEATS = 500
"""So many come at most where nobody said fewer."""
VERSIONS_SHOWN = 50


FACTS = ("place", "step_free", "quiet", "cake")
"""What is said of a meet in a line each."""


class Meet(SQLModel, table=True):
    """What an Event at a place says of itself besides."""

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    place: str = Field(default="", max_length=LONGEST_FACT)
    map_url: str = Field(default="", max_length=LONGEST_URL)
    step_free: str = Field(default="", max_length=LONGEST_FACT)
    """How one gets in without steps, and what there is for who needs it."""
    quiet: str = Field(default="", max_length=LONGEST_FACT)
    """Whether it is loud there, and where one can be by oneself."""
    cake: str = Field(default="", max_length=LONGEST_FACT)
    """Who brings cake."""
    agenda: str = Field(default="", max_length=LONGEST_AGENDA)
    seats: int = 0
    """So many people have room; 0 where nobody counts."""
    place_for_guests: bool = False
    """Only who comes reads where it is."""
    changed_at: AwareDatetime


class Guest(SQLModel, table=True):
    """Somebody who says that they come, without an account: a private link changes it, or the phone that sent it."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    device: str = Field(default="", max_length=64)
    token_hash: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=LONGEST_GUEST)
    more: int = 0
    """So many come with them."""
    brings: str = Field(default="", max_length=LONGEST_BRINGS)
    shown: bool = False
    """They want to be named on the page."""
    verdict: Verdict = Field(default=Verdict.HELD, sa_type=stored(Verdict))
    """Whether that may be read by everybody."""
    at: AwareDatetime

    @property
    def is_named(self) -> bool:
        return self.shown and self.verdict is Verdict.APPROVED

    @property
    def seen(self) -> str:
        return seen_mark(self.verdict, self.name, self.brings, str(self.shown))


class MeetNotes(SQLModel, table=True):
    """One version of what was noted; the last one holds."""

    __table_args__ = (UniqueConstraint("event_id", "version"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    version: int
    text: str = Field(max_length=LONGEST_NOTES)
    by: str = Field(default="", max_length=80)
    at: AwareDatetime


class MeetPhoto(SQLModel, table=True):
    """A picture that somebody brought, drawn again by us. Everybody sees it once a host has let it through."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    device: str = Field(default="", max_length=64)
    origin: str = Field(default="", max_length=64)
    """What stands for the address that it came from, with our key only; '' for those of hosts."""
    kind: str = Field(max_length=32)
    """Its media type."""
    content: bytes = Field(sa_type=LargeBinary, repr=False)
    alt: str = Field(max_length=LONGEST_ALT)
    """What can be seen in it, in the words of whoever brought it."""
    verdict: Verdict = Field(default=Verdict.HELD, sa_type=stored(Verdict))
    at: AwareDatetime

    @property
    def seen(self) -> str:
        """No picture becomes another one: what it shows stands for the moment in which it was brought."""
        return seen_mark(self.verdict, self.alt, self.at.isoformat())


@dataclass(frozen=True, slots=True)
class GuestWords:
    """What somebody says who comes."""

    name: str
    more: int = 0
    brings: str = ""
    shown: bool = False


@dataclass(frozen=True, slots=True)
class MeetFacts:
    """What hosts say of a meet, as it was typed."""

    place: str = ""
    map_url: str = ""
    step_free: str = ""
    quiet: str = ""
    cake: str = ""
    agenda: str = ""
    seats: int = 0
    place_for_guests: bool = False
