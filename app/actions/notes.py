"""Notes of a meet are written; every version is kept, and nobody writes over what they have not seen."""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.resources import note_links
from app.domain.decision import AS_IT_WAS, CHANGED, Actor
from app.domain.event import Event
from app.domain.meet import LONGEST_NOTES, MeetNotes
from app.domain.subject import Subject
from app.queries.meets import notes_of


class WrittenMeanwhile(Exception):
    """Somebody else has saved since; `newest` is theirs."""

    def __init__(self, newest: MeetNotes) -> None:
        super().__init__("the notes were changed meanwhile")
        self.newest = newest


def write_notes(db: Session, event_id: int, text: str, *, after: int, by: Actor, at: datetime) -> MeetNotes | None:
    """A new version, made from number `after`. None where nothing is written yet, and nothing is said.

    Raises WrittenMeanwhile if there is a newer one, and Refused for too many letters.
    """
    db.get_one(Event, event_id, with_for_update=True)
    newest = notes_of(db, event_id)
    said = text.strip()
    if len(said) > LONGEST_NOTES:
        raise Refused("At most %(letters)d letters, please.", letters=LONGEST_NOTES)
    if (newest.text if newest else "") == said:
        return newest
    if newest is not None and newest.version != after:
        raise WrittenMeanwhile(newest)
    made = MeetNotes(event_id=event_id, version=(newest.version if newest else 0) + 1, text=said, by=by.label, at=at)
    db.add(made)
    db.flush()
    note_links(db, event_id, at=at)
    decide(db, event_id, Subject.NOTES, event_id, AS_IT_WAS, CHANGED, by=by, at=at)
    publish(db, event_id, Subject.NOTES, event_id, at=at)
    return made
