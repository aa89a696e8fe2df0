"""What of an Event is kept, since when, and what goes when."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from app.domain.decision import Decision
from app.domain.event import Event, EventState
from app.domain.mailed_link import MailedLink
from app.domain.meet import Guest, MeetNotes, MeetPhoto
from app.domain.post import Post
from app.domain.question import HELD_FOR, Question, Vote
from app.domain.retention import Due, Kind, Retention, goes_at
from app.domain.series import Edition
from app.domain.subject import Subject
from app.domain.survey import Survey, SurveyAnswer, Theme, ThemeVote
from app.domain.takedown import Takedown
from app.domain.verdict import Verdict

ENDED = (EventState.CLOSED, EventState.ARCHIVED)
OF_A_MEET = frozenset({Kind.GUESTS, Kind.NOTES})
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
    return max(closed, _end_of_day(event.ends_on, event.zone))


def end_of(db: Session, event: Event, kind: str) -> datetime | None:
    """From when the days of a kind count. What a meet has is over with its day, though nobody ever closed it."""
    if (ended := ended_at(db, event)) is not None or kind not in OF_A_MEET:
        return ended
    edition, last = db.get(Edition, event.id), event.ends_on or event.starts_on
    if edition is not None:
        return edition.ends_at
    return None if last is None else _end_of_day(last, event.zone)


def _end_of_day(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def kept_now(db: Session, event: Event, usual: Mapping[str, int]) -> list[Due]:
    """A line for each kind: how many there are, and when they go."""
    retention = Retention.from_json(event.retention).with_usual(usual)
    return [
        Due(
            kind,
            days,
            rows_of(db, event, kind, usual),
            None if kind == Kind.CONTACTS else goes_at(days, end_of(db, event, kind)),
        )
        for kind, days in retention.days().items()
    ]


def rows_of(db: Session, event: Event, kind: str, usual: Mapping[str, int]) -> int:
    table, *which = rows_kept(event, kind, usual)
    photos = (select(MeetPhoto.id).where(MeetPhoto.event_id == event.id),)
    notes = (select(Question.id).where(*noted_beside(event.id)),)
    of_kinds = {Kind.FLOOR.value: photos, Kind.DEVICES.value: from_phones_of_meet(event.id), Kind.LOG.value: notes}
    more = of_kinds.get(kind, ())
    counted = [select(func.count()).select_from(found.subquery()) for found in more]
    return sum(db.exec(one).one() for one in (*counted, select(func.count()).select_from(table).where(*which)))


def from_phones_of_meet(event_id: int) -> tuple[Any, ...]:
    """The numbers of those who come, and of photos, of which it is still known from which phone."""
    return (
        select(Guest.id).where(Guest.event_id == event_id, Guest.device != ""),
        select(MeetPhoto.id).where(
            MeetPhoto.event_id == event_id, or_(col(MeetPhoto.device) != "", col(MeetPhoto.origin) != "")
        ),
    )


def rows_kept(event: Event, kind: str, usual: Mapping[str, int]) -> tuple[Any, ...]:
    """The table in which they are, and by what they are found in it."""
    match kind:
        case Kind.FLOOR:
            return Post, Post.event_id == event.id, col(Post.source).not_in(list(usual))
        case Kind.DEVICES:
            return Post, Post.event_id == event.id, col(Post.device) != ""
        case Kind.GUESTS:
            return Guest, Guest.event_id == event.id
        case Kind.NOTES:
            return MeetNotes, MeetNotes.event_id == event.id, _earlier(event.id)
        case Kind.ADDRESSES:
            return MailedLink, MailedLink.event_id == event.id
        case Kind.LOG:
            said = or_(col(Decision.reason) != "", col(Decision.detail) != "", says_for_whom())
            return Decision, Decision.event_id == event.id, said, ~_of_retention()
        case Kind.CONTACTS:
            return Takedown, Takedown.event_id == event.id, col(Takedown.contact) != ""
    return Post, Post.event_id == event.id, Post.source == kind


def _earlier(event_id: int) -> ColumnElement[bool]:
    newest = select(func.max(MeetNotes.version)).where(MeetNotes.event_id == event_id).scalar_subquery()
    return col(MeetNotes.version) < newest


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
    """Ended ones, meets, those in which somebody left a contact, and series that phones have said something to."""
    asked = select(Takedown.event_id).where(col(Takedown.contact) != "", col(Takedown.settled_at).is_not(None))
    wished = (select(table.event_id).where(*with_device(table)) for table in (SurveyAnswer, ThemeVote, Theme))
    at_meets = (select(table.event_id) for table in (Guest, MeetPhoto, MeetNotes))
    which = or_(col(Event.state).in_(ENDED), *(col(Event.id).in_(one) for one in (asked, *wished, *at_meets)))
    return list(db.exec(select(Event.id).where(which).order_by(col(Event.id))))
