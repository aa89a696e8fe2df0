"""What somebody missed, by e-mail: once, at a time that they choose, to whoever has asked for it twice."""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from app.domain.column_types import stored

_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}", re.IGNORECASE
)
LONGEST_MAIL_ADDRESS = 254
BROUGHT_FORWARD = timedelta(hours=2)
"""Longer than any pause before a further try: what is due sooner waits for its time."""


class DigestMoment(StrEnum):
    """When it is sent."""

    LUNCH = "lunch"
    EVENING = "evening"
    END = "end"


class DigestState(StrEnum):
    ASKED = "asked"
    """Somebody typed the address: it is written to once, to be asked whether that was they."""
    ASKING = "asking"
    """That letter is out."""
    UNANSWERED = "unanswered"
    """Nobody said anything: the address is forgotten, and whoever has the letter may still say never again."""
    WANTED = "wanted"
    """They said so: it is sent when it is due."""
    SENT = "sent"
    UNWANTED = "unwanted"


class DigestMail(SQLModel, table=True):
    """One e-mail for one address. The address itself is kept until it is sent, or no longer wanted, and not after."""

    __table_args__ = (UniqueConstraint("event_id", "address_mark"), Index("ix_digestmail_due_at", "due_at"))

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    address: str = Field(max_length=256, repr=False)
    address_mark: str = Field(max_length=64)
    """What stands for it: with our key only."""
    nonce: str = Field(max_length=64, repr=False)
    moment: DigestMoment = Field(sa_type=stored(DigestMoment))
    state: DigestState = Field(default=DigestState.ASKED, sa_type=stored(DigestState))
    asked_at: AwareDatetime
    due_at: AwareDatetime | None = None
    """When the next letter goes; None for none."""
    tries: int = 0

    def is_brought_forward(self, at: datetime) -> bool:
        """Whether it tells of an end that is far away by the calendar: where the event is over, it goes at once."""
        wanted = self.state is DigestState.WANTED and self.moment is DigestMoment.END
        return wanted and self.due_at is not None and self.due_at > at + BROUGHT_FORWARD


class UnwantedMail(SQLModel, table=True):
    """An address that is never written to again by this server, whoever types it: only what stands for it is kept."""

    address_mark: str = Field(primary_key=True, max_length=64)
    at: AwareDatetime


def read_address(typed: str) -> str:
    """An e-mail address, '' for what is none."""
    address = typed.strip()
    return address if len(address) <= LONGEST_MAIL_ADDRESS and _ADDRESS.fullmatch(address) else ""


def same_mailbox(address: str) -> str:
    """What two spellings of an address have in common."""
    return address.strip().casefold()


_TIMES = {DigestMoment.LUNCH: time(13), DigestMoment.EVENING: time(18), DigestMoment.END: time(18)}


def due_at(moment: DigestMoment, *, first_on: date | None, last_on: date | None, zone: str, at: datetime) -> datetime:
    """The next lunch or evening on a day of the event, by its own clock; if there is none, the end of its last."""
    here = at.astimezone(ZoneInfo(zone))
    first, last = first_on or here.date(), last_on or first_on or here.date()
    if moment is not DigestMoment.END:
        day = max(first, here.date())
        while day <= last:
            if (then := _at(day, moment, zone)) > at:
                return then
            day += timedelta(days=1)
    return max(at, _at(last, DigestMoment.END, zone))


def _at(day: date, moment: DigestMoment, zone: str) -> datetime:
    return datetime.combine(day, _TIMES[moment], ZoneInfo(zone)).astimezone(UTC)


def told_since(moment: DigestMoment, *, zone: str, at: datetime) -> datetime | None:
    """From when on it tells: at lunch and in the evening of that day, at the end of everything (None)."""
    if moment is DigestMoment.END:
        return None
    return datetime.combine(at.astimezone(ZoneInfo(zone)).date(), time(0), ZoneInfo(zone)).astimezone(UTC)
