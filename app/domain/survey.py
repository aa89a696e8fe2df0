"""Which hour suits people and what they want to talk about: a survey of a series, themes with votes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Annotated

from pydantic import AwareDatetime, StringConstraints
from sqlmodel import Field, SQLModel, UniqueConstraint

from app.domain.column_types import shaped, stored
from app.domain.seen_words import seen_mark
from app.domain.series import Every
from app.domain.stored_json import Shape, Text, one_of
from app.domain.verdict import Verdict

LONGEST_WORDS = 300
MOST_TIMES = 8
MOST_THEMES = 300
ENOUGH_ANSWERS = 3
"""Of fewer nobody should make a rule."""


DAYS = Shape(one_of([str(day) for day in range(7)]), listed=True)
TIMES = Shape(Annotated[Text, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")], listed=True)
EVERY = Shape(one_of(set(Every)), listed=True)


class Survey(SQLModel, table=True):
    """What the hosts of a series ask: on which of these days, at which of these times, how often."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    """The pattern of its series."""
    days: list[str] = Field(sa_type=shaped("survey.days", DAYS))
    """Weekdays by number, 0 for Monday."""
    times: list[str] = Field(sa_type=shaped("survey.times", TIMES))
    every: list[str] = Field(sa_type=shaped("survey.every", EVERY))
    public: bool = True
    """Whether everybody sees how it stands."""
    asked_at: AwareDatetime
    closed_at: AwareDatetime | None = None


class SurveyAnswer(SQLModel, table=True):
    """What one device says; said again, it replaces what it said before."""

    __table_args__ = (UniqueConstraint("survey_id", "device"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    survey_id: int = Field(foreign_key="survey.id")
    device: str = Field(max_length=64)
    days: list[str] = Field(sa_type=shaped("surveyanswer.days", DAYS))
    times: list[str] = Field(sa_type=shaped("surveyanswer.times", TIMES))
    every: list[str] = Field(sa_type=shaped("surveyanswer.every", EVERY))
    words: str = Field(default="", max_length=LONGEST_WORDS)
    verdict: Verdict = Field(default=Verdict.HELD, sa_type=stored(Verdict))
    """Of its words: the ticks count at once."""
    at: AwareDatetime

    @property
    def seen(self) -> str:
        return seen_mark(self.verdict, self.words)


class Theme(SQLModel, table=True):
    """What somebody would like to talk about."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    """The pattern of its series."""
    text: str = Field(max_length=120)
    device: str = Field(max_length=64)
    verdict: Verdict = Field(default=Verdict.HELD, sa_type=stored(Verdict))
    votes: int = 0
    planned_for: int | None = None
    """The edition that is about it. No foreign key: editions are deleted by themselves."""
    at: AwareDatetime

    @property
    def seen(self) -> str:
        return seen_mark(self.verdict, self.text)


class ThemeVote(SQLModel, table=True):
    """One device's wish; one for each theme."""

    __table_args__ = (UniqueConstraint("theme_id", "device"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    theme_id: int = Field(foreign_key="theme.id")
    device: str = Field(max_length=64)


@dataclass(frozen=True, slots=True)
class Ticks:
    """What one answer ticks."""

    days: Sequence[str]
    times: Sequence[str]
    every: Sequence[str]


@dataclass(frozen=True, slots=True)
class Winner:
    """The day and hour that suit most people, and how often most of them want it."""

    day: str
    time: str
    every: Every
    people: int
    """So many can come then."""
    clear: bool
    """Nothing else suits as many."""


@dataclass(frozen=True, slots=True)
class Counted:
    answers: int
    cells: dict[tuple[str, str], int]
    """How many can come on a day at a time: those who have ticked both."""
    every: dict[str, int]
    winner: Winner | None


def counted(days: Sequence[str], times: Sequence[str], every: Sequence[str], answers: Iterable[Ticks]) -> Counted:
    """Each answer counts once in each cell that it ticks; between equals what is asked first comes first."""
    given = list(answers)
    pairs = Counter((day, at) for one in given for day in set(one.days) for at in set(one.times))
    often = Counter(each for one in given for each in set(one.every))
    cells = {(day, at): pairs[day, at] for day in days for at in times}
    return Counted(len(given), cells, {each: often[each] for each in every}, _winner(cells, every, often, len(given)))


def _winner(
    cells: dict[tuple[str, str], int], every: Sequence[str], often: Counter[str], answers: int
) -> Winner | None:
    best = max(cells, key=lambda cell: cells[cell], default=None)
    if best is None or answers < ENOUGH_ANSWERS or not cells[best]:
        return None
    wanted = max(every, key=lambda each: often[each], default=Every.WEEK.value)
    most = cells[best]
    return Winner(*best, Every(wanted), most, sum(number == most for number in cells.values()) == 1)


def first_day(weekday: str, since: date) -> date:
    """The next such weekday, this day not counted."""
    ahead = (int(weekday) - since.weekday() - 1) % 7 + 1
    return since + timedelta(days=ahead)


def read_times(typed: str) -> list[str] | None:
    """Times as hosts type them, one after the other; None if one is none, or there are none or too many."""
    try:
        found = [time.fromisoformat(one.zfill(5)).isoformat("minutes") for one in typed.replace(",", " ").split()]
    except ValueError:
        return None
    return sorted(set(found)) if 0 < len(set(found)) <= MOST_TIMES else None
