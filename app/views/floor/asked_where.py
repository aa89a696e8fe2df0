"""Whom a phone asks: the speakers of the Talk that ran where it was when the words were written."""

from dataclasses import dataclass

from fastapi import Request
from sqlmodel import Session

from app.domain.event import Event
from app.domain.sentence import Sentence
from app.domain.talk import Talk
from app.queries.rooms import Whereabouts, whereabouts
from app.views.context import Context
from app.views.floor.rooms import has_said_nowhere, room_of_phone

SAY_WHERE = Sentence("Please say first in which room you are. Your words are still here.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A Talk, or none; a room, where there are several."""

    talk_id: int | None = None
    room_id: int | None = None


async def asked_there(request: Request, context: Context, event: Event, room: str, talk: int) -> Asked | None:
    """None if there are several rooms and nobody knows in which one it was asked."""
    here = await room_of_phone(request, context, event, room)
    nowhere = has_said_nowhere(request, context, event, room)
    return await context.backchannel.ask(_asked, event, here.id if here else None, talk, nowhere)


def _asked(db: Session, event: Event, room_id: int | None, talk_id: int, nowhere: bool) -> Asked | None:
    here = whereabouts(db, event, room_id)
    if here.rooms and here.room is None:
        only = db.get(Talk, here.only_one or 0)
        known = nowhere or (only is not None and only.room_id is None)
        return Asked(only.id if only and only.takes_questions else None) if known else None
    found = _said(db, here, talk_id) or db.get(Talk, here.place.current_talk_id or 0)
    takes = found is not None and found.takes_questions
    return Asked(found.id if found and takes else None, here.room.id if here.room else None)


def _said(db: Session, here: Whereabouts, talk_id: int) -> Talk | None:
    """The Talk that the phone showed, if it runs or ran in this room: words wait on a phone without a network."""
    talk = db.get(Talk, talk_id) if talk_id else None
    if talk is None or talk.event_id != here.event.id:
        return None
    in_room = here.room is None or talk.room_id in (None, here.room.id)
    now = db.get(Talk, here.place.current_talk_id or here.place.last_talk_id or 0)
    return talk if in_room and now is not None and talk.starts_at <= now.starts_at else None
