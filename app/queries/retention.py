"""What of an Event is kept, since when, and what goes when."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from app.domain.decision import Decision
from app.domain.event import Event, EventState
from app.domain.mailed_link import MailedLink
from app.domain.meet import Guest, MeetPhoto
from app.domain.post import Post
from app.domain.question import HELD_FOR, Question, Vote
from app.domain.retention import Due, Kind, Retention, goes_at
from app.domain.series import Edition
from app.domain.subject import Subject
from app.domain.survey import Survey, SurveyAnswer, Theme, ThemeVote
from app.domain.takedown import Takedown
from app.domain.verdict import Verdict

ENDED = (EventState.CLOSED, EventState.ARCHIVED)
GONE = "gone"
"""Begins what stands in a device's place once nobody can be told by it."""


def ended_at(db: Session, event: Event) -> datetime | None:
    """When it was closed, or the end of its last day if that is later; None while it goes on."""
    if event.state not in ENDED:
        return None
    life = select(func.max(Decision.at)).where(
        Decision.event_id == event.id, Decision.subject == Subject.LIFE, Decision.after == EventState.CLOSED
    )
    closed = db.exec(life).one() or event.created_at
    if event.ends_on is None:
        return closed
    midnight = datetime.combine(event.ends_on + timedelta(days=1), time(), ZoneInfo(event.zone))
    return max(closed, midnight.astimezone(UTC))


def kept_now(db: Session, event: Event, usual: Mapping[str, int]) -> list[Due]:
    """A line for each kind: how many there are, and when they go."""
    retention, ended = Retention.from_json(event.retention).with_usual(usual), ended_at(db, event)
    return [
        Due(
            kind,
            days,
            rows_of(db, event, kind, usual),
            None if kind == Kind.CONTACTS else goes_at(days, ended),
        )
        for kind, days in retention.days().items()
    ]


def rows_of(db: Session, event: Event, kind: str, usual: Mapping[str, int]) -> int:
    table, *which = rows_kept(event, kind, usual)
    photos = select(func.count()).select_from(MeetPhoto).where(MeetPhoto.event_id == event.id)
    notes = select(func.count()).select_from(Question).where(*noted_beside(event.id))
    more = {Kind.FLOOR.value: photos, Kind.LOG.value: notes}.get(kind)
    rows = db.exec(select(func.count()).select_from(table).where(*which)).one()
    return rows + (db.exec(more).one() if more is not None else 0)


def rows_kept(event: Event, kind: str, usual: Mapping[str, int]) -> tuple[Any, ...]:
    """The table in which they are, and by what they are found in it."""
    match kind:
        case Kind.FLOOR:
            return Post, Post.event_id == event.id, col(Post.source).not_in(list(usual))
        case Kind.DEVICES:
            return Post, Post.event_id == event.id, col(Post.device) != ""
        case Kind.GUESTS:
            return Guest, Guest.event_id == event.id
        case Kind.ADDRESSES:
            return MailedLink, MailedLink.event_id == event.id
        case Kind.LOG:
            said = or_(col(Decision.reason) != "", col(Decision.detail) != "", says_for_whom())
            return Decision, Decision.event_id == event.id, said, ~_of_retention()
        case Kind.CONTACTS:
            return Takedown, Takedown.event_id == event.id, col(Takedown.contact) != ""
    return Post, Post.event_id == event.id, Post.source == kind


def _of_retention() -> ColumnElement[bool]:
    """What this itself has written down says nothing of anybody."""
    return col(Decision.subject).in_([Subject.RETENTION, Subject.ERASURE])


def says_for_whom() -> ColumnElement[bool]:
    """That a decision names somebody for whom a question was held."""
    states = (col(Decision.before), col(Decision.after))
    return (col(Decision.subject) == Subject.HOLD) & or_(*(one.startswith(f"{HELD_FOR}:") for one in states))


def noted_beside(event_id: int) -> tuple[ColumnElement[bool], ...]:
    """Questions beside which the chair has written something."""
    return col(Question.event_id) == event_id, or_(col(Question.held_for) != "", col(Question.note) != "")


def votes_with_devices(event_id: int) -> tuple[ColumnElement[bool], ...]:
    ours = col(Vote.question_id).in_(select(Question.id).where(Question.event_id == event_id))
    return ours, ~col(Vote.device).startswith(GONE)


def with_device(table: type[SurveyAnswer | ThemeVote | Theme]) -> tuple[ColumnElement[bool], ...]:
    """Of what was said to a series: where it is still known from which phone."""
    return col(table.device) != "", ~col(table.device).startswith(f"{GONE}-")


def over_wishes(event_id: int, before: datetime, long_before: datetime) -> dict[type[Any], ColumnElement[bool]]:
    """What of that is not answered or voted for any more since then; a theme that nobody plans, since long."""
    closed = select(Survey.id).where(Survey.event_id == event_id, col(Survey.closed_at) <= before)
    held = select(Edition.event_id).where(col(Edition.ends_at) <= before)
    themes = select(Theme.id).where(
        Theme.event_id == event_id,
        or_(
            col(Theme.planned_for).in_(held),
            and_(col(Theme.verdict) == Verdict.REJECTED, col(Theme.at) <= before),
            col(Theme.at) <= long_before,
        ),
    )
    return {
        SurveyAnswer: col(SurveyAnswer.survey_id).in_(closed),
        ThemeVote: col(ThemeVote.theme_id).in_(themes),
        Theme: col(Theme.id).in_(themes),
    }


def events_with_something_kept(db: Session) -> list[int]:
    """Ended ones, those in which somebody left a contact, and series that phones have said something to."""
    asked = select(Takedown.event_id).where(col(Takedown.contact) != "", col(Takedown.settled_at).is_not(None))
    wished = (select(table.event_id).where(*with_device(table)) for table in (SurveyAnswer, ThemeVote, Theme))
    which = or_(col(Event.state).in_(ENDED), *(col(Event.id).in_(one) for one in (asked, *wished)))
    return list(db.exec(select(Event.id).where(which).order_by(col(Event.id))))
