"""What stands of a person on the pages of a meet, where hosts wrote it: all versions of notes, who brings cake."""

from datetime import datetime

from sqlmodel import Session, select

from app.actions.change_log import publish, soon
from app.actions.meet_photos import take_photo_back
from app.actions.meets import stay_away
from app.actions.resources import note_links
from app.domain.known_by import Words
from app.domain.meet import FACTS, Meet, MeetNotes
from app.domain.subject import Subject
from app.queries.named_at_meet import named_guests, named_photos


def forget_at_meet(db: Session, event_id: int, words: Words, *, at: datetime) -> int:
    """Lines that name somebody go, with guests and photos that are called so. Gives how many rows that concerns."""
    return (
        _out_of_notes(db, event_id, words, at=at)
        + _out_of_facts(db, event_id, words, at=at)
        + _off_the_list(db, event_id, words, at=at)
    )


def forget_all_notes(db: Session, event_id: int, *, at: datetime) -> int:
    """Whatever was noted, in every version, what was to be talked about and who was to bring cake."""
    notes, meet = db.exec(select(MeetNotes).where(MeetNotes.event_id == event_id)).all(), db.get(Meet, event_id)
    for one in notes:
        db.delete(one)
    if meet is not None:
        meet.cake, meet.agenda = "", ""
        publish(db, event_id, Subject.MEET, event_id, at=at)
    if notes:
        publish(db, event_id, Subject.NOTES, event_id, at=at)
        soon(db, note_links, event_id, at=at)
    return len(notes) + (meet is not None)


def _out_of_notes(db: Session, event_id: int, words: Words, *, at: datetime) -> int:
    changed = 0
    for one in db.exec(select(MeetNotes).where(MeetNotes.event_id == event_id)):
        text = _without(one.text, words)
        if (text, one.by) != (one.text, by := "" if words.are_in(one.by) else one.by):
            one.text, one.by, changed = text, by, changed + 1
    if changed:
        publish(db, event_id, Subject.NOTES, event_id, at=at)
        soon(db, note_links, event_id, at=at)  # a link may have stood beside a name
    return changed


def _out_of_facts(db: Session, event_id: int, words: Words, *, at: datetime) -> int:
    meet = db.get(Meet, event_id)
    if meet is None:
        return 0
    said = {name: "" if words.are_in(getattr(meet, name)) else getattr(meet, name) for name in FACTS}
    said["agenda"] = _without(meet.agenda, words)
    if all(getattr(meet, name) == value for name, value in said.items()):
        return 0
    for name, value in said.items():
        setattr(meet, name, value)
    publish(db, event_id, Subject.MEET, event_id, at=at)
    return 1


def _off_the_list(db: Session, event_id: int, words: Words, *, at: datetime) -> int:
    guests, photos = named_guests(db, event_id, words), named_photos(db, event_id, words)
    for guest in guests:
        stay_away(db, guest.id, at=at)
    for photo in photos:
        take_photo_back(db, photo.id, at=at)
    return len(guests) + len(photos)


def _without(text: str, words: Words) -> str:
    """Without the lines that have them; nothing at all where they go on from one line to the next."""
    kept = "\n".join(line for line in text.splitlines() if not words.are_in(line))
    return "" if words.are_in(" ".join(kept.split())) else kept if kept != "\n".join(text.splitlines()) else text
