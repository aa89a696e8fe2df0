"""Events, their programme and links."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from app.domain.event import Access, Event, Talk, Webhook
from app.domain.post import Picture, Post
from app.domain.verdict import Verdict

MAX_TALKS = 500
"""So many talks of an event have speakers that screening knows."""


def event_by_slug(db: Session, slug: str) -> Event | None:
    """The Event at an address as people type it: in any letter case, with what a sentence ends with."""
    slug = slug.strip(" .,;:!?/)'\"").lower()
    return db.exec(select(Event).where(Event.slug == slug)).first()


def event_by_id(db: Session, event_id: int) -> Event | None:
    return db.get(Event, event_id)


def cursor_of(db: Session, event_id: int) -> int:
    """How long an Event's log is."""
    return db.exec(select(Event.cursor).where(Event.id == event_id)).one()


def every_event(db: Session) -> list[Event]:
    return list(db.exec(select(Event).order_by(col(Event.id))))


def programme(db: Session, event_id: int) -> list[Talk]:
    return list(db.exec(select(Talk).where(Talk.event_id == event_id).order_by(col(Talk.starts_at), col(Talk.id))))


def speakers(db: Session, event_id: int) -> tuple[str, ...]:
    """As the programme has them, each once."""
    talks = db.exec(select(Talk.speakers).where(Talk.event_id == event_id).order_by(col(Talk.id)).limit(MAX_TALKS))
    return tuple(dict.fromkeys(name for names in talks for name in names))


def own_talks(db: Session, event_id: int, wanted: set[int]) -> set[int]:
    """Those of the Talks that are the Event's."""
    if not wanted:
        return set()
    return set(db.exec(select(Talk.id).where(Talk.event_id == event_id, col(Talk.id).in_(wanted))))


def talk_now(db: Session, event: Event) -> Talk | None:
    """The Talk that the Event is at. Kept in the Event, so that a page does not depend on its own clock."""
    return db.get(Talk, event.current_talk_id) if event.current_talk_id else None


def talk_next(db: Session, event: Event) -> Talk | None:
    """The Talk after the current one in the programme; None between talks and at the end."""
    now = talk_now(db, event)
    if now is None:
        return None
    return db.exec(
        select(Talk)
        .where(Talk.event_id == event.id, col(Talk.starts_at) >= now.ends_at)
        .order_by(col(Talk.starts_at), col(Talk.id))
        .limit(1)
    ).first()


def links(db: Session, event_id: int) -> list[Access]:
    """All role links, the open ones first."""
    return list(
        db.exec(
            select(Access)
            .where(Access.event_id == event_id)
            .order_by(col(Access.revoked_at).is_not(None), col(Access.id))
        )
    )


def access_by_hash(db: Session, token_hash: str) -> Access | None:
    return db.exec(select(Access).where(Access.token_hash == token_hash, col(Access.revoked_at).is_(None))).first()


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
    query = select(Access).where(Access.event_id == event_id, col(Access.revoked_at).is_(None))
    return list(db.exec(query.where(col(Access.token_hash).in_(hashes))))


def revoked_among(db: Session, access_ids: frozenset[int]) -> frozenset[int]:
    found = db.exec(select(Access.id).where(col(Access.id).in_(access_ids), col(Access.revoked_at).is_not(None)))
    return frozenset(found)


def webhooks(db: Session, event_id: int) -> list[Webhook]:
    return list(db.exec(select(Webhook).where(Webhook.event_id == event_id).order_by(col(Webhook.id))))


def webhooks_due(db: Session, at: datetime) -> list[int]:
    """Hooks that have not been told everything, and whose next try is due."""
    query = (
        select(Webhook.id)
        .join(Event, col(Event.id) == Webhook.event_id)
        .where(col(Webhook.cursor) < col(Event.cursor))
        .where(or_(col(Webhook.next_try_at).is_(None), col(Webhook.next_try_at) <= at))
    )
    return list(db.exec(query.order_by(col(Webhook.id)).limit(100)))


def events_to_watch(db: Session, at: datetime) -> list[int]:
    """Events where something has waited since a while, or whose alarm rings."""
    waiting = select(Post.event_id).where(
        Post.verdict == Verdict.HELD, col(Post.received_at) > at - timedelta(hours=12)
    )
    return sorted({*db.exec(waiting.distinct()), *db.exec(select(Event.id).where(Event.alarm != ""))})


def picture(db: Session, key: str) -> Picture | None:
    return db.get(Picture, key)


def pictures_among(db: Session, keys: Sequence[str]) -> set[str]:
    """Those of the keys that something still refers to."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        found.update(db.exec(select(Picture.key).where(col(Picture.key).in_(keys[start : start + 500]))))
    return found


def answers(db: Session) -> bool:
    """Whether the database can be read."""
    return db.exec(select(func.count()).select_from(Event)).one() >= 0
