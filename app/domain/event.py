"""The Event itself, and what its walls show."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel

from app.domain.alarms import STORED_ALARMS
from app.domain.brand import BRAND
from app.domain.column_types import shaped, stored
from app.domain.policy import STORED_POLICY, Intake
from app.domain.retention import STORED_RETENTION
from app.domain.scene import PROGRAMME, Showing, read_showing
from app.domain.stored_json import TEXTS


class WallState(StrEnum):
    """What the walls of an Event show: the feed, the feed as it stood, or a holding slide."""

    LIVE = "live"
    PAUSED = "paused"
    BLANK = "blank"


class EventKind(StrEnum):
    """What people meet for."""

    CONFERENCE = "conference"
    CHAT = "chat"
    MEET = "meet"


class EventState(StrEnum):
    """Where an Event is in its life. Only an open one takes posts, questions and votes."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"
    """Closed, and out of the way in the list of events."""


class TakesNothing(Exception):
    """An Event that is not open takes neither words nor votes; `state` says which sentence people read."""

    def __init__(self, state: EventState) -> None:
        super().__init__(f"the event is {state}")
        self.state = state


class Event(SQLModel, table=True):
    """A conference or chat: hashtags, policy, one queue, one wall, one log."""

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=120)
    zone: str = Field(default="Europe/London", max_length=64)
    language: str = Field(default="en", max_length=16)
    """What its screens speak, the same for everybody: a language tag."""
    hashtags: list[str] = Field(default_factory=list, sa_type=shaped("event.hashtags", TEXTS))
    kind: EventKind = Field(default=EventKind.CONFERENCE, sa_type=stored(EventKind))
    state: EventState = Field(default=EventState.OPEN, sa_type=stored(EventState))
    starts_on: date | None = None
    ends_on: date | None = None
    """Its first and last day, in its own zone."""
    listed: bool = False
    """Whether the front page names it to everybody while it is open."""
    farewell: str = Field(default="", max_length=500)
    """What phones read when it is over: thanks, and what comes after."""
    showing: str = Field(default=PROGRAMME, max_length=64)
    """Which scene was chosen for its walls, written as `Showing` writes itself; read as `chosen`."""
    announcement_id: int | None = None
    """What is announced now. No foreign key: a ring."""
    due: str = Field(default="", max_length=64)
    """The scene that the programme has for screens of all rooms; kept here, so that none goes by its own clock."""
    runs_walls: bool = False
    """The programme says what is shown while nobody chooses."""
    quiet_talks: bool = False
    """It shows no posts while a Talk runs."""
    question_minutes: int = 10
    """So long before a Talk's end it shows the questions."""
    sponsor_strip: bool = False
    """Sponsors stand below the wall's scenes too, never between posts."""
    accent: str = Field(default="teal", max_length=16)
    """Its colour: one of ours by name, or any as `#rrggbb`."""
    brand: dict[str, object] = Field(default_factory=dict, sa_type=shaped("event.brand", BRAND))
    """What else it looks like; read as `Brand`."""
    welcome: str = Field(default="", max_length=280)
    policy: dict[str, object] = Field(default_factory=dict, sa_type=shaped("event.policy", STORED_POLICY))
    policy_version: int = 1
    wall_state: WallState = Field(default=WallState.LIVE, sa_type=stored(WallState))
    paused_at: int = 0
    """The cursor at which the wall was paused: nothing approved later is shown while it is. Kept while it is blank."""
    cleared_at: int = 0
    """The cursor at which the wall was cleared: nothing approved before is shown. 0 = never."""
    intake: Intake = Field(default=Intake.OPEN, sa_type=stored(Intake))
    alarms: dict[str, object] = Field(default_factory=dict, sa_type=shaped("event.alarms", STORED_ALARMS))
    """When and whom to alarm; read as `Alarms`."""
    alarm: str = Field(default="", max_length=16)
    """What is wrong at the desk now: "waiting" (too long), "nobody" (is there), or nothing."""
    alarm_since: AwareDatetime | None = None
    has_reader: bool = False
    """The reader reads what arrives: then nothing passes by itself before it was read. Else rules and heads decide."""
    current_talk_id: int | None = None
    """The Talk that runs now; kept here so that no page depends on its own clock. No foreign key: a ring."""
    last_talk_id: int | None = None
    """The Talk that ran before: until another begins, its questions stay on all lists."""
    prompts: int = 0
    """So many prompts are written for it: where there are none, no post is filed."""
    prompt_id: int | None = None
    """The Prompt that runs now. No foreign key: a ring."""
    by_hand_until: AwareDatetime | None = None
    """As that of a Room, where all is in one."""
    erasures: int = 0
    """So many times somebody was erased whose network may still tell of them: where nobody was, nobody looks."""
    retention: dict[str, object] = Field(default_factory=dict, sa_type=shaped("event.retention", STORED_RETENTION))
    """How long what is kept; read as `Retention`."""
    approvals: int = 0
    """So many posts were put on the wall; numbers them for life."""
    posts_held: int = 0
    posts_approved: int = 0
    posts_stashed: int = 0
    posts_rejected: int = 0
    """So many posts have each verdict, without those that were withdrawn. The database counts them itself (by triggers
    of the migration for long days): a long list is counted as quickly as a short one."""
    cursor: int = 0
    trimmed: int = 0
    """Lines of the log up to here are gone; a reader further back gets a fresh snapshot."""
    created_at: AwareDatetime

    @property
    def chosen(self) -> Showing | None:
        """The scene that somebody chose; None while the programme decides."""
        return read_showing(self.showing)

    @property
    def shown_again(self) -> WallState:
        """What its walls go on with after a holding slide: as they were."""
        return WallState.PAUSED if self.wall_state is WallState.BLANK and self.paused_at else WallState.LIVE
