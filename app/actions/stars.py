"""Moderators star what whoever was not there should read."""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.domain.decision import Actor, Decision
from app.domain.post import Post
from app.domain.star import NO_STAR, STARRED, Star
from app.domain.subject import Subject


def star_post(db: Session, post_id: int, *, by: Actor, at: datetime) -> Decision | None:
    """It stands among what was missed, as long as it is shown. None if it is starred already."""
    return _set_star(db, post_id, STARRED, by=by, at=at)


def take_star(db: Session, post_id: int, *, by: Actor, at: datetime) -> Decision | None:
    """It is a post as all others. None if it is one."""
    return _set_star(db, post_id, NO_STAR, by=by, at=at)


def take_back_star(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """As it was. False if somebody has decided otherwise since."""
    if _star_state(db, decision.subject_id) != decision.after:
        return False
    return _set_star(db, decision.subject_id, decision.before, by=by, at=at, undoes=decision) is not None


def _star_state(db: Session, post_id: int) -> str:
    return STARRED if db.get(Star, post_id) is not None else NO_STAR


def _set_star(
    db: Session, post_id: int, wanted: str, *, by: Actor, at: datetime, undoes: Decision | None = None
) -> Decision | None:
    post = db.get_one(Post, post_id, with_for_update=True)
    before = _star_state(db, post_id)
    if before == wanted:
        return None
    if wanted == STARRED:
        db.add(Star(post_id=post_id, event_id=post.event_id, at=at))
    else:
        db.delete(db.get_one(Star, post_id))
    decision = decide(db, post.event_id, Subject.STAR, post_id, before, wanted, by=by, at=at, undoes=undoes)
    publish(db, post.event_id, Subject.STAR, post_id, at=at)
    return decision
