"""Questions from the microphone: typed by a moderator for somebody who asked aloud."""

from datetime import datetime

from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.questions import make_question
from app.domain.decision import Actor
from app.domain.incoming import Incoming
from app.domain.question import Question


def ask_aloud(
    db: Session, event_id: int, spoken: Incoming, *, by: Actor, at: datetime, room_id: int | None = None
) -> Question | None:
    """A question from the microphone: stored like any post, and let through by whoever typed it.

    None if it needs a second person: then it waits.
    """
    received = receive(db, event_id, spoken, at=at)
    made = make_question(db, received.post_id, by=by, at=at, room_id=room_id)
    return made if isinstance(made, Question) else None
