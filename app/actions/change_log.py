"""The Event's log: lines are appended by whoever changes something, and forgotten when they are old."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session, col, delete

from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.publication import Publication
from app.domain.subject import Subject

BELLS = "bells"
SOON = "soon"
DECIDED = "decided"
"""Key in `Session.info` under which decisions wait for the line that tells of them."""


def publish(db: Session, event_id: int, subject: Subject, subject_id: int, *, at: datetime) -> int:
    """Append a line to the Event's log and give its cursor. The bell rings after the commit.

    The cursor is taken from the Event's own row, which stays locked until the commit: cursors become visible in
    their order, and a reader never skips one.
    """
    return publish_all(db, event_id, subject, [subject_id], at=at)[0]


def publish_all(db: Session, event_id: int, subject: Subject, ids: Sequence[int], *, at: datetime) -> range:
    """Append a line for each of these rows, in their order."""
    db.flush()
    last: int = db.connection().execute(_NEXT_CURSORS, {"event_id": event_id, "lines": len(ids)}).scalar_one()
    cursors = range(last - len(ids) + 1, last + 1)
    lines = [
        {"event_id": event_id, "cursor": cursor, "subject": subject, "subject_id": subject_id, "at": at}
        for cursor, subject_id in zip(cursors, ids, strict=True)
    ]
    db.execute(insert(Publication), lines)
    waiting: list[Decision] = db.info.pop(DECIDED, [])
    for decision in (one for one in waiting if one.event_id == event_id):
        decision.cursor = last
    db.info[DECIDED] = [one for one in waiting if one.event_id != event_id]
    db.info.setdefault(BELLS, set()).add(event_id)
    return cursors


def ring(db: Session, event_id: int) -> None:
    """Have the bell rung after the commit, without a line: there is no log any more to write it in."""
    db.info.setdefault(BELLS, set()).add(event_id)


def trim_log(db: Session, event_id: int, *, keep: int) -> None:
    """Forget the oldest lines. A reader that still wanted them gets a fresh snapshot instead."""
    event = db.get_one(Event, event_id)
    oldest = event.cursor - keep
    if oldest > event.trimmed:
        db.exec(delete(Publication).where(col(Publication.event_id) == event_id, col(Publication.cursor) <= oldest))
        event.trimmed = oldest


def soon(db: Session, verb: Callable[..., Any], event_id: int, *, at: datetime) -> None:
    """Have a verb run in a moment, once however often it is asked for: what comes by the thousand is told together."""
    db.info.setdefault(SOON, {})[verb, event_id] = at


_NEXT_CURSORS = text("UPDATE event SET cursor = cursor + :lines WHERE id = :event_id RETURNING cursor")
