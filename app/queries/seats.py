"""Who is at the desks, and which Events' desks need a look."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from app.domain.event import Event
from app.domain.post import Post
from app.domain.seats import PRESENT, Present, Seat
from app.domain.verdict import Verdict


def present(db: Session, event: Event) -> Present:
    """All seats as they are stored; those that have gone silent are cleared by `keep_desk`."""
    seats = db.exec(select(Seat).where(Seat.event_id == event.id).order_by(col(Seat.id)))
    return Present(tuple(seats))


def desks_to_keep(db: Session, at: datetime) -> list[int]:
    """Events with silent seats, or with posts whose delay must begin, end or be stopped."""
    silent = select(Seat.event_id).where(col(Seat.seen_at) < at - PRESENT)
    running = select(Post.event_id).where(
        Post.verdict == Verdict.HELD,
        col(Post.delayed).is_(True),
        or_(
            col(Post.shows_at) <= at,
            # Not begun, although somebody is there; or running, although nobody is, or it may not.
            col(Post.shows_at).is_(None) & col(Post.event_id).in_(select(Seat.event_id)),
            col(Post.shows_at).is_not(None) & col(Post.event_id).not_in(select(Seat.event_id)),
        ),
    )
    return sorted({*db.exec(silent), *db.exec(running.distinct())})
