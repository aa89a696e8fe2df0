"""Moderators sit down at the desk, look at posts, and leave. A claim is a courtesy: verdicts are settled by the row."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.domain.claims import CLAIM_LASTS
from app.domain.decision import Actor
from app.domain.post import Post
from app.domain.seats import PRESENT, Seat
from app.domain.subject import Subject


class NoSuchPost(Exception):
    """There is no such post in this Event."""


MAX_SEATS = 200
"""So many desks of an Event may be open; the one that was silent for longest makes room."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`taken_by` is who looks at that post already, '' if nobody does: then it is ours."""

    seat: Seat
    taken_by: str = ""


def take_seat(db: Session, event_id: int, tab: str, post_id: int | None, *, by: Actor, at: datetime) -> Claim:
    """Say that somebody is there and which post they look at. Other desks are told only when that changes.

    Raises NoSuchPost for one that is not the Event's.
    """
    post = db.get(Post, post_id) if post_id is not None else None
    if post_id is not None and (post is None or post.event_id != event_id):
        raise NoSuchPost
    seat = db.exec(select(Seat).where(Seat.event_id == event_id, Seat.tab == tab)).first()
    fresh = seat is None or (seat.access_id, seat.label) != (by.access_id, by.label)
    if seat is None:
        _make_room(db, event_id)
        seat = Seat(event_id=event_id, tab=tab, access_id=by.access_id or 0, label=by.label, seen_at=at)
        db.add(seat)
    before = seat.post_id
    other = _claimed_by_another(db, event_id, tab, post_id, at=at)
    wanted = None if other is not None else post_id
    seat.access_id, seat.label, seat.seen_at = by.access_id or 0, by.label, at
    seat.post_id, seat.until = wanted, at + CLAIM_LASTS if wanted else None
    db.flush()
    if fresh or before != wanted:
        publish(db, event_id, Subject.SEAT, seat.id, at=at)
    return Claim(seat, taken_by=other.label if other else "")


def leave_seat(db: Session, event_id: int, tab: str, *, by: Actor, at: datetime) -> None:
    """The page was closed."""
    seat = db.exec(select(Seat).where(Seat.event_id == event_id, Seat.tab == tab)).first()
    if seat is not None and seat.access_id == by.access_id:
        db.delete(seat)
        publish(db, event_id, Subject.SEAT, seat.id, at=at)


def clear_seats(db: Session, event_id: int, *, at: datetime) -> bool:
    """Forget desks that are silent, and say whether anybody is left."""
    silent = db.exec(select(Seat).where(Seat.event_id == event_id, col(Seat.seen_at) < at - PRESENT)).all()
    for seat in silent:
        db.delete(seat)
    if silent:
        publish(db, event_id, Subject.SEAT, silent[0].id, at=at)
    return db.exec(select(Seat.id).where(Seat.event_id == event_id).limit(1)).first() is not None


def _claimed_by_another(db: Session, event_id: int, tab: str, post_id: int | None, *, at: datetime) -> Seat | None:
    if post_id is None:
        return None
    return db.exec(
        select(Seat)
        .where(Seat.event_id == event_id, Seat.post_id == post_id, Seat.tab != tab, col(Seat.until) > at)
        .order_by(col(Seat.id))
        .limit(1)
    ).first()


def _make_room(db: Session, event_id: int) -> None:
    kept = select(Seat).where(Seat.event_id == event_id).order_by(col(Seat.seen_at).desc()).offset(MAX_SEATS - 1)
    for seat in db.exec(kept).all():
        db.delete(seat)
