"""Two people must agree before a post with personal data is approved."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, update

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.post import Post
from app.domain.subject import Subject

AGREED = "agreed"
ALONE = ""


class Agreed(StrEnum):
    """Somebody was the first to agree, or had agreed before and cannot be the second too."""

    FIRST = "first"
    TWICE = "twice"


def needs_two(db: Session, post: Post) -> bool:
    """Whether it is personal, and its Event wants two people for that."""
    return ",privacy," in post.doubts and Policy.from_json(db.get_one(Event, post.event_id).policy).second_person


def agree(db: Session, post: Post, *, by: Actor, at: datetime) -> Agreed | None:
    """Note a first agreement. None when no second person is needed, or this is the second."""
    if not needs_two(db, post):
        return None
    if _is_first(db, post, by=by):
        db.refresh(post)
        decide(db, post.event_id, Subject.AGREEMENT, post.id, ALONE, AGREED, by=by, at=at)
        publish(db, post.event_id, Subject.POST, post.id, at=at)
        return Agreed.FIRST
    db.refresh(post)
    return Agreed.TWICE if post.agreed_access_id == by.access_id else None


def take_back_agreement(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """The first person does not agree after all. False if the post has been decided since."""
    post = db.get_one(Post, decision.subject_id)
    if not post.agreed_by or post.agreed_access_id != decision.access_id:
        return False
    post.agreed_by, post.agreed_access_id = "", None
    decide(db, post.event_id, Subject.AGREEMENT, post.id, AGREED, ALONE, by=by, at=at, undoes=decision)
    publish(db, post.event_id, Subject.POST, post.id, at=at)
    return True


def _is_first(db: Session, post: Post, *, by: Actor) -> bool:
    """The database says who was first."""
    first = db.exec(
        update(Post)
        .where(col(Post.id) == post.id, col(Post.agreed_by) == "", col(Post.revision) == post.revision)
        .values(agreed_by=by.label, agreed_access_id=by.access_id)
        .execution_options(synchronize_session=False)
    )
    return first.rowcount == 1
