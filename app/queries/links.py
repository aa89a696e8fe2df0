"""Role links: which there are, and which still hold."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from app.domain.access import Access
from app.domain.event import Event
from app.queries.series import pattern_of


def links(db: Session, event_id: int) -> list[Access]:
    """All role links, the open ones first."""
    return list(
        db.exec(
            select(Access)
            .where(Access.event_id == event_id)
            .order_by(col(Access.revoked_at).is_not(None), col(Access.id))
        )
    )


def opened_by(db: Session, token_hash: str) -> tuple[Access, Event] | None:
    """The link of a key, if it still holds, and the Event that it opens."""
    return db.exec(
        select(Access, Event)
        .join(Event, col(Event.id) == Access.event_id)
        .where(Access.token_hash == token_hash, col(Access.revoked_at).is_(None))
    ).first()


def open_access(db: Session, access_id: int, event_id: int) -> Access | None:
    """A link that still holds, for this Event."""
    access = db.get(Access, access_id)
    holds = access is not None and access.event_id == event_id and access.revoked_at is None
    return access if holds else None


def open_links(db: Session, event_id: int, hashes: Sequence[str]) -> list[Access]:
    """Those of the links that still hold, for this Event."""
    if not hashes:
        return []
    query = select(Access).where(_at(event_id), col(Access.revoked_at).is_(None))
    return list(db.exec(query.where(col(Access.token_hash).in_(hashes))))


def opens(db: Session, token_hash: str, event_id: int) -> Access | None:
    """The link of a key, if it still holds and opens this Event: its own, or that of the pattern of its series."""
    query = select(Access).where(Access.token_hash == token_hash, _at(event_id), col(Access.revoked_at).is_(None))
    return db.exec(query).first()


def _at(event_id: int) -> ColumnElement[bool]:
    return or_(col(Access.event_id) == event_id, col(Access.event_id).in_(pattern_of(event_id)))


def revoked_among(db: Session, access_ids: frozenset[int]) -> frozenset[int]:
    found = db.exec(select(Access.id).where(col(Access.id).in_(access_ids), col(Access.revoked_at).is_not(None)))
    return frozenset(found)


def any_expired(db: Session, at: datetime) -> bool:
    """Whether the day of a link that still holds has come."""
    due = select(Access.id).where(col(Access.revoked_at).is_(None), col(Access.expires_at) <= at)
    return db.exec(due.limit(1)).first() is not None


SEEN_EVERY = timedelta(seconds=30)
"""How exactly it is kept when a screen answered last."""


def screens_unseen(db: Session, access_ids: Collection[int], at: datetime) -> set[int]:
    """Those of these screens whose last answer that was noted is a while ago."""
    late = or_(col(Access.seen_at).is_(None), col(Access.seen_at) < at - SEEN_EVERY)
    return set(db.exec(select(Access.id).where(col(Access.id).in_(access_ids), late)))
