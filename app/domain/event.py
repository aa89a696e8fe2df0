"""The Event and its programme."""

from enum import StrEnum

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel, UniqueConstraint

from app.domain.alarms import ALARMS
from app.domain.column_types import StoredSentence, shaped, stored
from app.domain.policy import POLICY, Intake
from app.domain.stored_json import OPEN, TEXTS


class WallState(StrEnum):
    """What the walls of an Event show: the feed, the feed as it stood, or a holding slide."""

    LIVE = "live"
    PAUSED = "paused"
    BLANK = "blank"


class Event(SQLModel, table=True):
    """A conference or chat: hashtags, policy, one queue, one wall, one log."""

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=120)
    zone: str = Field(default="Europe/London", max_length=64)
    language: str = Field(default="en", max_length=16)
    """What its screens speak, the same for everybody: a language tag."""
    hashtags: list[str] = Field(default_factory=list, sa_type=shaped("event.hashtags", TEXTS))
    accent: str = Field(default="teal", max_length=16)
    welcome: str = Field(default="", max_length=280)
    policy: dict[str, object] = Field(default_factory=dict, sa_type=shaped("event.policy", POLICY))
    policy_version: int = 1
    wall_state: WallState = Field(default=WallState.LIVE, sa_type=stored(WallState))
    paused_at: int = 0
    """The cursor at which the wall was paused: nothing approved later is shown while it is. Kept while it is blank."""
    cleared_at: int = 0
    """The cursor at which the wall was cleared: nothing approved before is shown. 0 = never."""
    intake: Intake = Field(default=Intake.OPEN, sa_type=stored(Intake))
    alarms: dict[str, object] = Field(default_factory=dict, sa_type=shaped("event.alarms", ALARMS))
    """When and whom to alarm; read as `Alarms`."""
    alarm: str = Field(default="", max_length=16)
    """What is wrong at the desk now: "waiting" (too long), "nobody" (is there), or nothing."""
    alarm_since: AwareDatetime | None = None
    current_talk_id: int | None = None
    """The Talk that runs now; kept here so that no page depends on its own clock. No foreign key: a ring."""
    last_talk_id: int | None = None
    """The Talk that ran before: until another begins, its questions stay on all lists."""
    approvals: int = 0
    """So many posts were put on the wall; numbers them for life."""
    cursor: int = 0
    trimmed: int = 0
    """Lines of the log up to here are gone; a reader further back gets a fresh snapshot."""
    created_at: AwareDatetime

    @property
    def shown_again(self) -> WallState:
        """What its walls go on with after a holding slide: as they were."""
        return WallState.PAUSED if self.wall_state is WallState.BLANK and self.paused_at else WallState.LIVE


class Talk(SQLModel, table=True):
    """One slot of the programme, with room and speakers. Never called a session."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    title: str = Field(max_length=200)
    room: str = Field(default="", max_length=80)
    speakers: list[str] = Field(default_factory=list, sa_type=shaped("talk.speakers", TEXTS))
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    takes_questions: bool = True
    key: str = Field(default="", max_length=300)
    """Its identifier in the file that it was imported from; '' if it was typed by hand."""
    do_not_share: bool = False
    """The speakers ask that nothing of it is passed on: no photos, not in the archive."""


class Role(StrEnum):
    OWNER = "owner"
    MODERATOR = "moderator"
    SPEAKER = "speaker"
    SCREEN = "screen"
    DELEGATE = "delegate"
    """Somebody in the room who is known to the organiser: what they send from their phone is trusted."""


class Access(SQLModel, table=True):
    """A role for an Event, given by a link that can be revoked. Only the link's hash is kept."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    role: Role = Field(sa_type=stored(Role))
    label: str = Field(default="", max_length=80)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: AwareDatetime
    revoked_at: AwareDatetime | None = None


class Seat(SQLModel, table=True):
    """One open desk: who sits there, and which post they look at. Short-lived; the log of decisions is elsewhere."""

    __table_args__ = (UniqueConstraint("event_id", "tab"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    access_id: int = Field(foreign_key="access.id")
    label: str = Field(max_length=80)
    tab: str = Field(max_length=40)
    """Made by the page, so that two tabs of one person are two seats."""
    post_id: int | None = None
    until: AwareDatetime | None = None
    """Until then the post is claimed; nobody else is offered it."""
    seen_at: AwareDatetime


class PolicyVersion(SQLModel, table=True):
    """A version of an Event's policy, kept so that "why was this held?" can be answered after the event."""

    event_id: int = Field(foreign_key="event.id", primary_key=True)
    version: int = Field(primary_key=True)
    policy: dict[str, object] = Field(default_factory=dict, sa_type=shaped("policyversion.policy", POLICY))
    by: str = Field(default="", max_length=80)
    at: AwareDatetime


class Webhook(SQLModel, table=True):
    """A web address that is told what happens in an Event."""

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    url: str = Field(max_length=2000)
    secret: str = Field(max_length=64)
    """Signs what is sent, so that the receiver knows it is from us."""
    cursor: int = 0
    """Lines of the log up to here were delivered."""
    detail: str = Field(default="", sa_type=StoredSentence)
    """What went wrong last, '' if nothing did."""
    failures: int = 0
    next_try_at: AwareDatetime | None = None
    created_at: AwareDatetime


class SourceState(StrEnum):
    OFF = "off"
    STARTING = "starting"
    LIVE = "live"
    CATCHING_UP = "catching_up"
    POLLING = "polling"
    WAITING = "waiting"
    STOPPED = "stopped"


class Source(SQLModel, table=True):
    """Where an Event's posts come from, and how that is going."""

    __table_args__ = (UniqueConstraint("event_id", "kind"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    kind: str = Field(max_length=16)
    enabled: bool = True
    options: dict[str, object] = Field(default_factory=dict, sa_type=shaped("source.options", OPEN))
    state: SourceState = Field(default=SourceState.OFF, sa_type=stored(SourceState))
    detail: str = Field(default="", sa_type=StoredSentence)
    """What is going on, for the moderator, in a plain sentence; never a secret."""
    unseen: str = Field(default="", sa_type=StoredSentence)
    """That what is deleted there cannot be noticed now, since when and why; '' while it is."""
    state_since: AwareDatetime | None = None
    next_try_at: AwareDatetime | None = None
    last_post_at: AwareDatetime | None = None
    last_heard_at: AwareDatetime | None = None
    position: dict[str, object] = Field(default_factory=dict, sa_type=shaped("source.position", OPEN))
    leased_by: str = Field(default="", max_length=64)
    leased_until: AwareDatetime | None = None
