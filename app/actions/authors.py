"""Authors become known, trusted and blocked."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.actions import publish
from app.actions.decisions import brought_along, decide
from app.actions.moderation import put, take_back_verdict
from app.actions.pictures import picture_key
from app.domain.decision import Actor, Decision
from app.domain.incoming import Byline
from app.domain.post import Author, Post, Standing
from app.domain.verdict import Verdict


def known_author(db: Session, event_id: int, source: str, byline: Byline, *, at: datetime) -> Author:
    """The Author of a byline, with name and picture as they are now; a change is announced."""
    author = db.exec(
        select(Author).where(Author.event_id == event_id, Author.source == source, Author.handle == byline.handle)
    ).first()
    now = {
        "name": byline.name or byline.handle,
        "url": byline.url,
        "verified": byline.verified,
        "avatar": picture_key(db, byline.avatar_url),
    }
    if author is None:
        author = Author(event_id=event_id, source=source, handle=byline.handle, name=now["name"], first_seen_at=at)
        _describe(author, now)
        db.add(author)
        db.flush()
    elif any(getattr(author, field) != value for field, value in now.items()):
        _describe(author, now)
        publish(db, event_id, "author", author.id, at=at)
    return author


def block_author(db: Session, author_id: int, *, by: Actor, at: datetime, reason: str = "") -> Decision | None:
    """Block an author and sweep all of theirs from every list and screen. None if they were blocked already."""
    author = db.get_one(Author, author_id)
    if author.standing is Standing.BLOCKED:
        return None
    blocked = _stand(db, author, Standing.BLOCKED, by=by, at=at, reason=reason)
    visible = select(Post).where(
        Post.author_id == author_id,
        col(Post.verdict) != Verdict.REJECTED,
        col(Post.withdrawn_at).is_(None),
    )
    for post in db.exec(visible.order_by(col(Post.id))):
        put(db, post, Verdict.REJECTED, by=by, at=at, reason="author blocked", cause=blocked)
    return blocked


def trust_author(db: Session, author_id: int, *, by: Actor, at: datetime) -> Decision | None:
    """Let an author's clean posts pass at once. None if they are trusted already."""
    author = db.get_one(Author, author_id)
    if author.standing is Standing.TRUSTED:
        return None
    return _stand(db, author, Standing.TRUSTED, by=by, at=at)


def clear_standing(db: Session, author_id: int, *, by: Actor, at: datetime) -> Decision | None:
    """Neither blocked nor trusted any more; swept posts stay where they are (undo brings them back)."""
    author = db.get_one(Author, author_id)
    if author.standing is Standing.OPEN:
        return None
    return _stand(db, author, Standing.OPEN, by=by, at=at)


def take_back_standing(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """Undo a block or a trust, with the posts it swept, where nobody has decided otherwise since."""
    author = db.get_one(Author, decision.subject_id)
    if author.standing != decision.after:
        return False
    _stand(db, author, Standing(decision.before), by=by, at=at, undoes=decision)
    for swept in brought_along(db, decision):
        take_back_verdict(db, swept, by=by, at=at)
    return True


def _describe(author: Author, now: dict[str, str]) -> None:
    for field, value in now.items():
        setattr(author, field, value)


def _stand(
    db: Session,
    author: Author,
    standing: Standing,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    undoes: Decision | None = None,
) -> Decision:
    decision = decide(
        db,
        author.event_id,
        "author",
        author.id,
        author.standing,
        standing,
        by=by,
        at=at,
        reason=reason,
        undoes=undoes,
    )
    author.standing = standing
    publish(db, author.event_id, "author", author.id, at=at)
    return decision
