"""The desk tells the stage something, and is told that it was read."""

from datetime import datetime, timedelta

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.events import Refused
from app.domain.backstage import LONGEST_WORD, MOST_MINUTES_LEFT, BackstageWord
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.screening.reading.blanks import has_words
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.backstage import proposed
from app.queries.rooms import has_room, whereabouts


def tell_stage(db: Session, event_id: int, text: str, *, room_id: int | None, by: Actor, at: datetime) -> BackstageWord:
    """For the stage of a room, or of all. Raises Refused for no words, or too many."""
    text = " ".join(text.split())
    if not has_words(text) or len(text) > LONGEST_WORD:
        raise Refused("A few words, please: they are read at a glance.")
    if room_id is not None and not has_room(db, event_id, room_id):
        raise Refused("There is no such room any more.")
    word = BackstageWord(event_id=event_id, room_id=room_id, text=text, by=by.label, at=at)
    db.add(word)
    db.flush()
    publish(db, event_id, Subject.BACKSTAGE, word.id, at=at)
    return word


def propose_end(
    db: Session, event_id: int, minutes: int, text: str, *, room_id: int | None, by: Actor, at: datetime
) -> BackstageWord:
    """So many minutes are left of the talk that runs; once the stage has seen it, that holds for both.

    Only the stage of that talk's room is asked. Raises Refused where no talk runs, or nobody says in which of several
    rooms.
    """
    if not 0 < minutes <= MOST_MINUTES_LEFT:
        raise Refused("That is no number of minutes that one counts down.")
    talk_id = whereabouts(db, db.get_one(Event, event_id), room_id).only_one
    if talk_id is None:
        raise Refused("Say first in which room." if room_id is None else "No talk is running.")
    its_room = db.get_one(Talk, talk_id).room_id
    word = tell_stage(db, event_id, text, room_id=room_id if its_room is None else its_room, by=by, at=at)
    word.until, word.talk_id = at + timedelta(minutes=minutes), talk_id
    return word


def say_seen(db: Session, event_id: int, word_id: int, *, by: Actor, at: datetime) -> bool:
    """Somebody on stage has read it. False if somebody had before, or there is no such word.

    An end that is proposed no more, because its talk or its time is over or the desk has proposed another one, is read
    and not agreed to.
    """
    word = db.get(BackstageWord, word_id, with_for_update=True)
    if word is None or word.event_id != event_id or word.seen_at is not None:
        return False
    if word.until is not None and (word.until <= at or word.id not in proposed(db, db.get_one(Event, event_id))):
        word.until = None
    word.seen_at, word.seen_by = at, by.label
    publish(db, event_id, Subject.BACKSTAGE, word_id, at=at)
    return True
