"""The front page: all events for who holds a home link, and those that everybody may find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.domain.event import Event, EventState
from app.domain.home_link import HomeLink
from app.domain.series import Edition, Series

COMING, NOW, PAST, ARCHIVED = "coming", "now", "past", "archived"


@dataclass(frozen=True, slots=True)
class EventRow:
    """An Event as the front page lists it."""

    event: Event
    when: str
    """`coming`, `now`, `past` or `archived`."""
    shown: int
    waiting: int


def home_links(db: Session) -> list[HomeLink]:
    """All home links, the open ones first."""
    order = col(HomeLink.revoked_at).is_not(None), col(HomeLink.id)
    return list(db.exec(select(HomeLink).order_by(*order)))


def open_home_link(db: Session, hashes: Sequence[str]) -> HomeLink | None:
    """The first of these home links that still holds."""
    if not hashes:
        return None
    found = select(HomeLink).where(col(HomeLink.token_hash).in_(hashes), col(HomeLink.revoked_at).is_(None))
    return db.exec(found.order_by(col(HomeLink.id)).limit(1)).first()


def event_rows(db: Session, at: datetime) -> list[EventRow]:
    """All events with how many posts are shown and wait; what comes first stands first, what is over last."""
    return [
        EventRow(event, _when(event, at), event.posts_approved, event.posts_held)
        for event in db.exec(select(Event).where(~_of_series()).order_by(col(Event.starts_on), col(Event.id)))
    ]


def _of_series() -> ColumnElement[bool]:
    """Patterns of series, and editions to come: they stand with their series."""
    coming = select(Edition.event_id).join(Event, col(Event.id) == Edition.event_id)
    prepared = col(Event.id).in_(coming.where(Event.state == EventState.PREPARED))
    return col(Event.id).in_(select(Series.pattern_id)) | prepared


def public_events(db: Session) -> list[Event]:
    """Those that are open and that their organisers let everybody find."""
    found = select(Event).where(Event.state == EventState.OPEN, col(Event.listed))
    return list(db.exec(found.order_by(col(Event.starts_on), col(Event.name)).limit(200)))


def _when(event: Event, at: datetime) -> str:
    """An open one is on, whatever day it is; a prepared one is coming; of a closed one that is to come, too."""
    if event.state is EventState.ARCHIVED:
        return ARCHIVED
    if event.state is EventState.OPEN:
        today = at.astimezone(ZoneInfo(event.zone)).date()
        return COMING if event.starts_on is not None and event.starts_on > today else NOW
    return COMING if event.state is EventState.PREPARED else PAST
