"""Where somebody is named on the pages of a meet."""

from collections.abc import Sequence

from sqlmodel import Session, select

from app.domain.known_by import Words
from app.domain.meet import FACTS, Guest, Meet, MeetNotes, MeetPhoto
from app.queries.meets import guests_of, photos_of


def named_at_meet(db: Session, event_id: int, words: Words) -> int:
    """In how many rows: versions of the notes, what hosts say of it, who is on the list, photos."""
    notes = db.exec(select(MeetNotes).where(MeetNotes.event_id == event_id))
    meet = db.get(Meet, event_id)
    facts = [getattr(meet, name) for name in (*FACTS, "agenda")] if meet is not None else []
    return (
        sum(words.are_in(" ".join(f"{one.text} {one.by}".split())) for one in notes)
        + any(words.are_in(" ".join(said.split())) for said in facts)
        + len(named_guests(db, event_id, words))
        + len(named_photos(db, event_id, words))
    )


def named_guests(db: Session, event_id: int, words: Words) -> Sequence[Guest]:
    return [one for one in guests_of(db, event_id) if words.are_in(f"{one.name}\n{one.brings}")]


def named_photos(db: Session, event_id: int, words: Words) -> Sequence[MeetPhoto]:
    return [one for one in photos_of(db, event_id) if words.are_in(one.alt)]
