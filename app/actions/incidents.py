"""Taking everything about some posts out of the program is written down."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from app.actions.decisions import decide
from app.domain.decision import Actor
from app.domain.subject import Subject
from app.queries.incidents import Incident, incident


def take_incident(
    db: Session, event_id: int, post_ids: Sequence[int], author_id: int, *, by: Actor, at: datetime
) -> Incident | None:
    """Everything about some posts, and all of an author if one is named; None if there are no such posts.

    Who took each of them when is noted first, so that the file says it of itself.
    """
    found = incident(db, event_id, post_ids, author_id, taken_by=by.label, at=at)
    if not found.posts:
        return None
    for post, _ in found.posts:
        decide(db, event_id, Subject.INCIDENT, post.id, "kept", "taken", by=by, at=at)
    return incident(db, event_id, post_ids, author_id, taken_by=by.label, at=at)
