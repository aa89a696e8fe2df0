"""Photos of a meet: brought by who was there, seen by everybody once a host has let them through, taken back."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.seen_words import judge_as_seen
from app.domain.decision import ADDED, REMOVED, Actor, Decision
from app.domain.event import Event
from app.domain.meet import (
    LONGEST_ALT,
    MOST_OF_ONE_PHONE,
    MOST_PHOTOS,
    MOST_PHOTOS_KEPT,
    MOST_WAITING_OF_ONE_ADDRESS,
    MeetPhoto,
)
from app.domain.screening.reading.blanks import has_words
from app.domain.subject import Subject
from app.domain.verdict import Verdict


def bring_photo(
    db: Session, event_id: int, device: str, kind: str, content: bytes, alt: str, *, origin: str = "", at: datetime
) -> MeetPhoto:
    """It waits for a host, whatever the rules say: no rule sees who is in it.

    Raises Refused without a description, and where its phone, its address or the meet has enough of them.
    `origin` stands for the address that it came from; '' for a host's, whom nobody stops from filling their own page.
    """
    db.get_one(Event, event_id, with_for_update=True)
    said = " ".join(alt.split())
    if not has_words(said):
        raise Refused("Say what can be seen in it.")
    if len(said) > LONGEST_ALT:
        raise Refused("At most %(letters)d letters, please.", letters=LONGEST_ALT)
    _check_room(db, event_id, device, origin)
    photo = MeetPhoto(event_id=event_id, device=device, origin=origin, kind=kind, content=content, alt=said, at=at)
    db.add(photo)
    db.flush()
    publish(db, event_id, Subject.PHOTO, photo.id, at=at)
    return photo


def _check_room(db: Session, event_id: int, device: str, origin: str) -> None:
    def there(*which: Any) -> int:
        return db.exec(select(func.count()).select_from(MeetPhoto).where(MeetPhoto.event_id == event_id, *which)).one()

    if there(col(MeetPhoto.verdict) != Verdict.REJECTED) >= MOST_PHOTOS or there() >= MOST_PHOTOS_KEPT:
        raise Refused("There are %(most)d photos already.", most=MOST_PHOTOS)
    if origin and device and there(MeetPhoto.device == device) >= MOST_OF_ONE_PHONE:
        raise Refused("At most %(most)d photos of one phone, please.", most=MOST_OF_ONE_PHONE)
    waiting = MeetPhoto.origin == origin, MeetPhoto.verdict == Verdict.HELD
    if origin and there(*waiting) >= MOST_WAITING_OF_ONE_ADDRESS:
        raise Refused("Many photos from where you are wait for a host. Try again when they were looked at.")


def judge_photo(db: Session, photo_id: int, verdict: Verdict, *, seen: str, by: Actor, at: datetime) -> Decision | None:
    """Let everybody see it, or not. None if it is so. Raises SaidOtherwise."""
    photo = db.get_one(MeetPhoto, photo_id, with_for_update=True)
    decision = judge_as_seen(db, photo, Subject.PHOTO, verdict, seen=seen, by=by, at=at)
    if decision is not None:
        publish(db, photo.event_id, Subject.PHOTO, photo.id, at=at)
    return decision


def take_photo_back(db: Session, photo_id: int, *, at: datetime) -> None:
    """It is gone, for whoever brought it."""
    photo = db.get(MeetPhoto, photo_id, with_for_update=True)
    if photo is None:
        return
    event_id = photo.event_id
    db.delete(photo)
    db.flush()
    publish(db, event_id, Subject.PHOTO, photo_id, at=at)


def delete_photo(db: Session, photo_id: int, *, by: Actor, at: datetime) -> None:
    """A host deletes it."""
    photo = db.get(MeetPhoto, photo_id)
    if photo is not None:
        decide(db, photo.event_id, Subject.PHOTO, photo_id, ADDED, REMOVED, by=by, at=at)
        take_photo_back(db, photo_id, at=at)
