"""What is kept of a meet goes, a little at once: who came, from which phones, earlier notes and photos."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.actions.meet_photos import take_photo_back
from app.actions.meets import stay_away
from app.domain.event import Event
from app.domain.meet import Guest, MeetPhoto
from app.domain.retention import Kind
from app.domain.subject import Subject
from app.queries.retention import from_phones_of_meet, rows_kept

GUESTS_AT_ONCE = 200
LARGE_AT_ONCE = 20
"""Notes and photos of one transaction: whoever writes meanwhile hardly waits."""


def forget_phones_of_meet(db: Session, event: Event) -> int:
    """From which phone somebody said that they come, or brought a photo: from now on their link alone changes it."""
    guests, photos = (list(db.exec(found)) for found in from_phones_of_meet(event.id))
    db.execute(update(Guest).where(col(Guest.id).in_(guests)).values(device=""))
    db.execute(update(MeetPhoto).where(col(MeetPhoto.id).in_(photos)).values(device="", origin=""))
    return len(guests) + len(photos)


def let_guests_go(db: Session, event: Event, *which: Any, at: datetime) -> int:
    found = db.exec(select(Guest).where(Guest.event_id == event.id, *which).limit(GUESTS_AT_ONCE)).all()
    for guest in found:
        stay_away(db, guest.id, at=at)
    return len(found)


def let_earlier_notes_go(db: Session, event: Event, *, at: datetime) -> int:
    """What was noted before it was noted otherwise."""
    table, *which = rows_kept(event, Kind.NOTES, {})
    found = db.exec(select(table).where(*which).limit(LARGE_AT_ONCE)).all()
    for one in found:
        db.delete(one)
    if found:
        publish(db, event.id, Subject.NOTES, event.id, at=at)
    return len(found)


def let_photos_go(db: Session, event: Event, *, at: datetime) -> int:
    """What phones brought to a meet."""
    found = db.exec(select(MeetPhoto.id).where(MeetPhoto.event_id == event.id).limit(LARGE_AT_ONCE)).all()
    for photo_id in found:
        take_photo_back(db, photo_id, at=at)
    return len(found)
