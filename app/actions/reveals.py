"""Looking at personal data is written down: who, which post, when."""

from datetime import datetime

from sqlmodel import Session

from app.actions.decisions import decide
from app.domain.decision import Actor
from app.domain.post import Post
from app.domain.subject import Subject


def reveal(db: Session, post_id: int, *, by: Actor, at: datetime) -> Post:
    """Give a post whose personal data is covered, and note who asked. No screen changes, so nothing is announced."""
    post = db.get_one(Post, post_id)
    decide(db, post.event_id, Subject.REVEAL, post.id, "covered", "revealed", by=by, at=at)
    return post
