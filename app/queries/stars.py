"""Which posts moderators have starred."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from app.domain.star import Star


def starred_among(db: Session, post_ids: Collection[int]) -> set[int]:
    return set(db.exec(select(Star.post_id).where(col(Star.post_id).in_(post_ids))))


def starred(db: Session, event_id: int) -> set[int]:
    return set(db.exec(select(Star.post_id).where(Star.event_id == event_id)))
