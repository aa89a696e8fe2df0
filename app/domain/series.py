"""A chat or meet that comes again: its rule in wall-clock time, its editions, its pauses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel, UniqueConstraint

from app.domain.column_types import stored

LONGEST_ABOUT = 1_000
LONGEST_THEME = 120
LONGEST_CONFIDENCE = 300
MADE_AHEAD = 4
"""So many editions are there before their day, so that people and prompts find them."""


class Every(StrEnum):
    """How often a series comes again, counted from its first day."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    """On the same weekday of the month as the first day: its second Tuesday, say."""
    MONTH_END = "month_end"
    """On the last such weekday of the month."""


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """When a series is: on which days, and at what time the clock on the wall shows in its zone."""

    every: Every
    first_on: date
    begins: time
    minutes: int
    zone: str

    @property
    def week_of_month(self) -> int:
        """The how-manieth such weekday of the month the first day is; -1 for the last. A fifth one is the last."""
        number = (self.first_on.day - 1) // 7 + 1
        return -1 if self.every is Every.MONTH_END or number == 5 else number

    def days(self, since: date) -> Iterator[date]:
        """Its days from `since` on, without end."""
        if self.every in {Every.MONTH, Every.MONTH_END}:
            yield from (day for day in self._months(since) if day >= max(since, self.first_on))
            return
        step = 7 if self.every is Every.WEEK else 14
        missed = max(0, -((self.first_on - since).days // step))
        day = self.first_on + timedelta(days=step * missed)
        while True:
            yield day
            day += timedelta(days=step)

    def _months(self, since: date) -> Iterator[date]:
        start = max(since, self.first_on)
        year, month = start.year, start.month
        while True:
            yield _weekday_of_month(year, month, self.first_on.weekday(), self.week_of_month)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)

    def falls_on(self, day: date) -> bool:
        return next(self.days(day)) == day

    def begins_at(self, day: date) -> datetime:
        """The instant at which its clock shows the time. One that a change of clocks leaves out is an hour later."""
        return datetime.combine(day, self.begins, ZoneInfo(self.zone)).astimezone(UTC)

    def ends_at(self, day: date) -> datetime:
        return self.begins_at(day) + timedelta(minutes=self.minutes)


def _weekday_of_month(year: int, month: int, weekday: int, number: int) -> date:
    if number > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    last = following - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


class Series(SQLModel, table=True):
    """A chat or meet that comes again, at one address for ever.

    Its `pattern` is an Event that never takes place: editions take their name, hashtags, rules, look and sources from
    it when they are made, and its links open all of them.
    """

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(max_length=40, unique=True)
    pattern_id: int = Field(foreign_key="event.id", unique=True)
    about: str = Field(default="", max_length=LONGEST_ABOUT)
    """What it is for, in its hosts' words."""
    hosts: str = Field(default="", max_length=200)
    confidence: str = Field(default="", max_length=LONGEST_CONFIDENCE)
    """The line on confidentiality."""
    every: Every = Field(default=Every.WEEK, sa_type=stored(Every))
    first_on: date
    begins: time
    minutes: int = 60
    opens_before: int = 30
    """Minutes before its time in which an edition takes posts already."""
    late_days: int = 2
    """Days after it for which answers still come in."""
    created_at: AwareDatetime

    def rule(self, zone: str) -> SeriesRule:
        """In the zone of its pattern."""
        return SeriesRule(self.every, self.first_on, self.begins, self.minutes, zone)


class Edition(SQLModel, table=True):
    """One occurrence of a Series: an Event with its planned day, its time and its theme."""

    __table_args__ = (UniqueConstraint("series_id", "planned_on"),)

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    series_id: int = Field(foreign_key="series.id", index=True)
    planned_on: date
    """Its day by the rule: what it is known by, also when it was moved."""
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    theme: str = Field(default="", max_length=LONGEST_THEME)
    by_hand: bool = False
    """Moved or called off by somebody: the rule leaves it alone."""
    called_off: bool = False
    prompts_by_clock: bool = True
    """Its prompts are released at their planned minutes, unless a hand is faster."""
    changed_at: AwareDatetime


class Pause(SQLModel, table=True):
    """Days on which a Series does not take place, such as the holidays."""

    id: int = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key="series.id", index=True)
    first_on: date
    last_on: date
    why: str = Field(default="", max_length=120)

    def holds(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


LONGEST_PAUSES = 400


def planned_days(rule: SeriesRule, pauses: Iterable[Pause], since: date, number: int) -> list[date]:
    """The next days on which a series takes place; fewer where a pause has no end in sight."""
    pauses, found = list(pauses), list[date]()
    for looked, day in enumerate(rule.days(since)):
        if len(found) == number or looked == LONGEST_PAUSES:
            break
        if not any(pause.holds(day) for pause in pauses):
            found.append(day)
    return found
