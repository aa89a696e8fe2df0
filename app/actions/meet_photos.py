"""Photos of a meet: brought by who was there, seen by everybody once a host has let them through, taken back."""

from datetime import datetime

from sqlmodel import Session, func, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import ADDED, REMOVED, Actor, Decision
from app.domain.event import Event
from app.domain.meet import LONGEST_ALT, MOST_PHOTOS, MeetPhoto
from app.domain.screening.reading.blanks import has_words
from app.domain.subject import Subject
from app.domain.verdict import Verdict


def bring_photo(
    db: Session, event_id: int, device: str, kind: str, content: bytes, alt: str, *, at: datetime
) -> MeetPhoto:
    """It waits for a host, whatever the rules say: no rule sees who is in it. Raises Refused without a description."""
    db.get_one(Event, event_id, with_for_update=True)
    said = " ".join(alt.split())
    if not has_words(said):
        raise Refused("Say what can be seen in it.")
    if len(said) > LONGEST_ALT:
        raise Refused("At most %(letters)d letters, please.", letters=LONGEST_ALT)
    there = select(func.count()).select_from(MeetPhoto).where(MeetPhoto.event_id == event_id)
    if db.exec(there).one() >= MOST_PHOTOS:
        raise Refused("There are %(most)d photos already.", most=MOST_PHOTOS)
    photo = MeetPhoto(event_id=event_id, device=device, kind=kind, content=content, alt=said, at=at)
    db.add(photo)
    db.flush()
    publish(db, event_id, Subject.PHOTO, photo.id, at=at)
    return photo


def judge_photo(db: Session, photo_id: int, verdict: Verdict, *, by: Actor, at: datetime) -> Decision | None:
    """Let everybody see it, or not. None if it is so."""
    photo = db.get_one(MeetPhoto, photo_id, with_for_update=True)
    if photo.verdict is verdict:
        return None
    before, photo.verdict = photo.verdict, verdict
    decision = decide(db, photo.event_id, Subject.PHOTO, photo.id, before, verdict, by=by, at=at)
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
