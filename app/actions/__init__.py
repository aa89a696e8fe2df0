"""Verbs: one thing that a person or a source can do is one function and one transaction.

Each takes the session first and the time as `at`, and ends with `publish()` when it changed something.
"""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session

from app.domain.publication import Publication

BELLS = "bells"


def publish(db: Session, event_id: int, subject: str, subject_id: int, *, at: datetime) -> int:
    """Append a line to the Event's log and give its cursor. The bell rings after the commit.

    The cursor is taken from the Event's own row, which stays locked until the commit: cursors become visible in
    their order, and a reader never skips one.
    """
    db.flush()
    cursor: int = db.connection().execute(_NEXT_CURSOR, {"event_id": event_id}).scalar_one()
    db.add(Publication(event_id=event_id, cursor=cursor, subject=subject, subject_id=subject_id, at=at))
    db.flush()
    db.info.setdefault(BELLS, set()).add(event_id)
    return cursor


_NEXT_CURSOR = text("UPDATE event SET cursor = cursor + 1 WHERE id = :event_id RETURNING cursor")
