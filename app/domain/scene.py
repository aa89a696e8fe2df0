"""Scenes: what a wall is told to show, and what of that it can show now."""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

PROGRAMME = "programme"
"""How "nothing was chosen by hand" is written: the programme says what is shown."""
LONGEST_ANNOUNCEMENT = 200
"""Letters: what a hall reads at a glance."""
LONGEST_TIME = timedelta(hours=24)
"""An announcement and a countdown end within it: nobody remembers them the day after."""


class Scene(StrEnum):
    """One idea that fills a wall."""

    FEED = "feed"
    SPOTLIGHT = "spotlight"
    QUESTION = "question"
    QUESTIONS = "questions"
    NOW_AND_NEXT = "now_and_next"
    ANNOUNCEMENT = "announcement"
    SPONSORS = "sponsors"
    COUNTDOWN = "countdown"
    JOIN = "join"
    HOLDING = "holding"


class Layout(StrEnum):
    """How a feed is laid out: cards in columns, or one at a time, large."""

    COLUMNS = "columns"
    ONE = "one"


class CountsTo(StrEnum):
    """What a countdown runs to: a time, or when a Talk starts or ends, as the programme has it by then."""

    TIME = "time"
    TALK_START = "talk_start"
    TALK_END = "talk_end"


@dataclass(frozen=True, slots=True)
class Showing:
    """A scene with what belongs to it: the layout of a feed, the post of a spotlight, the end of a countdown.

    As a text it is what an Event (or whatever else has a scene of its own) keeps, and the state that the log names.
    """

    scene: Scene = Scene.FEED
    layout: Layout = Layout.COLUMNS
    post_id: int = 0
    counts_to: CountsTo = CountsTo.TIME
    talk_id: int = 0
    until: datetime | None = None

    def __str__(self) -> str:
        match self.scene, self.counts_to:
            case Scene.FEED, _ if self.layout is Layout.ONE:
                return f"{self.scene}:{self.layout}"
            case Scene.SPOTLIGHT, _:
                return f"{self.scene}:{self.post_id}"
            case Scene.COUNTDOWN, CountsTo.TIME if self.until is not None:
                return f"{self.scene}:{self.until.isoformat(timespec='seconds')}"
            case Scene.COUNTDOWN, CountsTo.TALK_START | CountsTo.TALK_END:
                return f"{self.scene}:{self.counts_to}:{self.talk_id}"
        return str(self.scene)


def read_showing(text: str) -> Showing | None:
    """What a kept text says; None where the programme decides, or nothing can be read."""
    name, _, more = text.partition(":")
    try:
        scene = Scene(name)
        match scene:
            case Scene.FEED:
                return Showing(scene, layout=Layout(more or Layout.COLUMNS))
            case Scene.SPOTLIGHT:
                return Showing(scene, post_id=_number(more))
            case Scene.COUNTDOWN:
                to, _, talk = more.partition(":")
                if to in {CountsTo.TALK_START, CountsTo.TALK_END}:
                    return Showing(scene, counts_to=CountsTo(to), talk_id=_number(talk))
                return Showing(scene, until=_time(more))
            case _:
                return Showing(scene)
    except ValueError:
        return None


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,19}", text) or (number := int(text)) >= 2**63:
        raise ValueError(text)
    return number


def _time(text: str) -> datetime:
    """One that every place on earth can tell: not the first day of all, nor the last."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or not MINYEAR < found.year < MAXYEAR:
        raise ValueError(text)
    return found


@dataclass(frozen=True, slots=True)
class Present:
    """What there is that a scene could show: a scene without its content would be an empty wall."""

    question: bool = False
    """One is on stage."""
    spotlit: bool = False
    """The post of the spotlight is approved, and the wall was not cleared since."""
    announced: bool = False
    whole: bool = False
    """What is announced wants the whole wall."""
    counting: bool = False
    """The countdown has an end."""
    sponsors: bool = False
    programme: bool = False


def scene_in_force(chosen: Showing | None, present: Present) -> Scene:
    """The scene that a wall shows: what was chosen, as far as there is something to show, and never nothing."""
    wanted = chosen.scene if chosen is not None else Scene.FEED
    if present.whole and present.announced:
        return Scene.ANNOUNCEMENT
    has = {
        Scene.SPOTLIGHT: present.spotlit,
        Scene.ANNOUNCEMENT: present.announced,
        Scene.COUNTDOWN: present.counting,
        Scene.SPONSORS: present.sponsors,
        Scene.NOW_AND_NEXT: present.programme,
    }
    if not has.get(wanted, True):
        wanted = Scene.FEED
    # Whoever brings a question on stage wants the hall to see it.
    if wanted in {Scene.FEED, Scene.QUESTIONS} and present.question:
        return Scene.QUESTION
    return Scene.QUESTIONS if wanted is Scene.QUESTION and not present.question else wanted


class Announcement(SQLModel, table=True):
    """Words of the desk for the hall: a band over any scene, or the whole wall. The Event says which one is on."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    text: str = Field(max_length=LONGEST_ANNOUNCEMENT)
    whole: bool = False
    until: AwareDatetime
    by: str = Field(max_length=80)
    at: AwareDatetime


class Sponsor(SQLModel, table=True):
    """Who helped to pay: a name, and a logo that was drawn again by us."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    name: str = Field(max_length=80)
    logo: str = Field(default="", max_length=24)
    """Key of its `SponsorLogo`; '' if it has none, then its name stands there."""
    at: AwareDatetime


class SponsorLogo(SQLModel, table=True):
    """A logo as we drew it again. In the database, so that every process has it and it goes with its event."""

    key: str = Field(primary_key=True, max_length=24)
    """Says what it shows: another picture has another key."""
    event_id: int = Field(foreign_key="event.id", primary_key=True)
    kind: str = Field(max_length=32)
    content: bytes = Field(sa_type=LargeBinary)
