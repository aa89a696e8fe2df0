"""Talks are added to the programme and removed, one by one."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.questions import leave_talk
from app.actions.rooms import keep_rooms
from app.domain.decision import ADDED, REMOVED, SETUP, Actor
from app.domain.event import Event
from app.domain.post import Post
from app.domain.room import Room
from app.domain.subject import Subject
from app.domain.talk import Talk

SHARED, NOT_SHARED = "shared", "not_shared"


def add_talk(
    db: Session,
    event_id: int,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    room: str = "",
    speakers: list[str] | None = None,
    takes_questions: bool = True,
    by: Actor = SETUP,
) -> Talk:
    """Put a Talk on the programme. Raises Refused for one without a title or that ends before it starts."""
    talk = put_talk(
        db,
        event_id,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        at=at,
        room=room,
        speakers=speakers,
        takes_questions=takes_questions,
    )
    decide(db, event_id, Subject.TALK, talk.id, "", ADDED, by=by, at=at, detail=talk.title)
    return talk


def put_talk(
    db: Session,
    event_id: int,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    room: str = "",
    speakers: list[str] | None = None,
    takes_questions: bool = True,
) -> Talk:
    """The row of one talk, or of one of many that are put there in one act."""
    if not title.strip():
        raise Refused("A talk needs a title.")
    if ends_at <= starts_at:
        raise Refused("A talk must end after it starts.")
    talk = Talk(
        event_id=event_id,
        title=title.strip()[:200],
        room=room.strip()[:80],
        speakers=[name.strip() for name in speakers or [] if name.strip()],
        starts_at=starts_at,
        ends_at=ends_at,
        takes_questions=takes_questions,
    )
    db.add(talk)
    keep_rooms(db, event_id)
    publish(db, event_id, Subject.TALK, talk.id, at=at)
    return talk


def remove_talk(db: Session, event_id: int, talk_id: int, *, by: Actor = SETUP, at: datetime) -> None:
    """Take a Talk off the programme. Its questions stay, open and without a talk."""
    talk = db.get(Talk, talk_id)
    if talk is None or talk.event_id != event_id:
        raise Refused("There is no such talk any more.")
    decide(db, event_id, Subject.TALK, talk_id, ADDED, REMOVED, by=by, at=at, detail=talk.title)
    take_off(db, talk, at=at)


def keep_talk_back(db: Session, event_id: int, talk_id: int, *, by: Actor = SETUP, at: datetime) -> Talk:
    """Nothing of this Talk is to be passed on: screens say so, pictures wait, and no archive holds what is of it."""
    return _mark(db, event_id, talk_id, shared=False, by=by, at=at)


def share_talk(db: Session, event_id: int, talk_id: int, *, by: Actor = SETUP, at: datetime) -> Talk:
    """What is of this Talk may be passed on after all."""
    return _mark(db, event_id, talk_id, shared=True, by=by, at=at)


def _mark(db: Session, event_id: int, talk_id: int, *, shared: bool, by: Actor, at: datetime) -> Talk:
    talk = db.get(Talk, talk_id)
    if talk is None or talk.event_id != event_id:
        raise Refused("There is no such talk any more.")
    if talk.do_not_share is shared:
        before, after = (NOT_SHARED, SHARED) if shared else (SHARED, NOT_SHARED)
        decide(db, event_id, Subject.TALK, talk_id, before, after, by=by, at=at, detail=talk.title)
        talk.do_not_share = not shared
        publish(db, event_id, Subject.TALK, talk_id, at=at)
    return talk


def take_off(db: Session, talk: Talk, *, at: datetime) -> None:
    """What hangs on a talk lets go of it."""
    event_id, talk_id = talk.event_id, talk.id
    leave_talk(db, talk_id, at=at)
    db.exec(update(Post).where(col(Post.talk_id) == talk_id).values(talk_id=None))
    for place in (db.get_one(Event, event_id), *db.exec(select(Room).where(Room.event_id == event_id))):
        if place.current_talk_id == talk_id:
            place.current_talk_id = None
        if place.last_talk_id == talk_id:
            place.last_talk_id = None
    db.delete(talk)
    publish(db, event_id, Subject.TALK, talk_id, at=at)
