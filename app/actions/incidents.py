"""Taking everything about some posts out of the program is written down."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from app.actions.decisions import decide
from app.domain.decision import Actor
from app.domain.subject import Subject


def take_incident(db: Session, event_id: int, post_ids: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Note for each post who took it when."""
    for post_id in post_ids:
        decide(db, event_id, Subject.INCIDENT, post_id, "kept", "taken", by=by, at=at)
