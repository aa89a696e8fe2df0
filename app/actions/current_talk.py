"""Which Talk is the current one: the one that runs now."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.actions.questions import take_down_what_is_over
from app.domain.event import Event
from app.domain.subject import Subject
from app.domain.talk import Talk


def move_programme_on(db: Session, event_id: int, *, at: datetime) -> Talk | None:
    """Make the Talk that runs at `at` the current one. Announces only a change; gives the current Talk.

    What is still on stage when its Talk has ended is taken down; it stays open, as nobody said that it was answered.
    """
    event = db.get_one(Event, event_id)
    running = db.exec(
        select(Talk)
        .where(Talk.event_id == event_id, col(Talk.starts_at) <= at, col(Talk.ends_at) > at)
        .order_by(col(Talk.starts_at).desc(), col(Talk.id))
        .limit(1)
    ).first()
    current = running.id if running else None
    former = db.get(Talk, event.current_talk_id) if event.current_talk_id is not None else None
    moves_on = event.current_talk_id != current
    take_down_what_is_over(db, event, over=moves_on and former is not None and former.ends_at <= at, at=at)
    if moves_on:
        event.current_talk_id, event.last_talk_id = current, former.id if former else event.last_talk_id
        publish(db, event_id, Subject.TALK, current or 0, at=at)
    return running
