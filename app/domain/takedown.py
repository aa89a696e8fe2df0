"""Somebody asks that something is taken away, or complains: what, why, until when it is answered, and how it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel, UniqueConstraint

from app.domain.column_types import stored
from app.domain.sentence import Said

LONGEST_LINK, LONGEST_QUOTED, LONGEST_WHY, LONGEST_REACHED = 500, 1_000, 2_000, 200
ACKNOWLEDGED_WITHIN = timedelta(days=30)
"""So long a complaint about personal data may wait for its acknowledgement (UK law, since June 2026)."""
TAKEN_DOWN_WITHIN = timedelta(hours=24)
"""So long a request about a post of a network may: X asks for that, and we make no difference."""


class TakedownState(StrEnum):
    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    REFUSED = "refused"


SETTLED = (TakedownState.DONE, TakedownState.REFUSED)


class Takedown(SQLModel, table=True):
    """One line of the organiser's register. No account; the contact serves for the answer only."""

    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    key: str = Field(max_length=64)
    """A form that is sent twice makes one."""
    post_id: int | None = None
    """The post that was meant, if it is one of ours. No foreign key: it may go."""
    link: str = Field(default="", max_length=LONGEST_LINK)
    words: str = Field(default="", max_length=LONGEST_QUOTED)
    """By which the post is found where there is no link."""
    why: str = Field(default="", max_length=LONGEST_WHY)
    contact: str = Field(default="", max_length=LONGEST_REACHED)
    state: TakedownState = Field(default=TakedownState.NEW, sa_type=stored(TakedownState))
    answer: str = Field(default="", max_length=LONGEST_QUOTED)
    """Why it was refused."""
    by: str = Field(default="", max_length=80)
    """Who dealt with it last."""
    at: AwareDatetime
    due_at: AwareDatetime
    """Until when a post must have gone, or a complaint be acknowledged."""
    acknowledged_at: AwareDatetime | None = None
    settled_at: AwareDatetime | None = None

    def is_late(self, at: datetime) -> bool:
        """Whether its clock has run out before anybody did anything."""
        waits = self.state is TakedownState.NEW or (
            self.state is TakedownState.ACKNOWLEDGED and self.due_at - self.at < ACKNOWLEDGED_WITHIN
        )
        return waits and at > self.due_at


class BadTakedown(Said, ValueError):
    """It cannot be dealt with so; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class TakedownRequest:
    """What somebody has written into the form."""

    link: str = ""
    words: str = ""
    why: str = ""
    contact: str = ""

    def checked(self) -> "TakedownRequest":
        """The same without blanks around it. Raises BadTakedown."""
        made = TakedownRequest(self.link.strip(), self.words.strip(), self.why.strip(), self.contact.strip())
        if not (made.link or made.words):
            raise BadTakedown("Say which post it is: its address, or some of its words.")
        if not made.why:
            raise BadTakedown("Say in a few words what is wrong with it.")
        longest = (
            (made.link, LONGEST_LINK), (made.words, LONGEST_QUOTED), (made.why, LONGEST_WHY),
            (made.contact, LONGEST_REACHED),
        )  # fmt: skip
        if any(len(text) > most for text, most in longest):
            raise BadTakedown("That is too long.")
        return made
