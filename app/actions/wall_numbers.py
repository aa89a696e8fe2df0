"""Posts on the wall: the number that each approval keeps for life."""

from sqlalchemy import text
from sqlmodel import Session


def next_wall_numbers(db: Session, event_id: int, posts: int) -> range:
    """Numbers for so many approvals, gapless within the Event, whose row stays locked until the commit."""
    last: int = db.connection().execute(_NEXT, {"event_id": event_id, "posts": posts}).scalar_one()
    return range(last - posts + 1, last + 1)


_NEXT = text("UPDATE event SET approvals = approvals + :posts WHERE id = :event_id RETURNING approvals")
