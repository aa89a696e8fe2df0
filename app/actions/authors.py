"""Authors become known, trusted and blocked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.author_renames import follow_renaming
from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.pictures import picture_keys
from app.actions.post_columns import byline_of
from app.actions.verdicts import apply_verdict
from app.domain.decision import Actor, Decision
from app.domain.incoming import Byline
from app.domain.post import Author, Post, Standing
from app.domain.subject import Subject
from app.domain.verdict import Verdict


def known_authors(
    db: Session, event_id: int, bylines: Sequence[tuple[str, Byline]], *, at: datetime
) -> dict[tuple[str, str], Author]:
    """The Authors of bylines, by source and handle, with name and picture as they are now; a change is announced."""
    newest = {(source, byline.handle): byline for source, byline in bylines}
    pictures = picture_keys(db, [byline.avatar_url for byline in newest.values()])
    # Not as pairs: SQLite would look through all authors of the event for them.
    query = select(Author).where(
        Author.event_id == event_id,
        col(Author.source).in_({source for source, _ in newest}),
        col(Author.handle).in_({handle for _, handle in newest}),
    )
    known = {key: author for author in db.exec(query) if (key := (author.source, author.handle)) in newest}
    for (source, handle), byline in newest.items():
        now = byline_of(byline, pictures)
        author = known.get((source, handle))
        if author is None:
            author = Author(event_id=event_id, source=source, handle=handle, name=now["name"], first_seen_at=at)
            known[source, handle] = author
            _describe(author, now)
            db.add(author)
        elif any(getattr(author, field) != value for field, value in now.items()):
            renamed = author.name != now["name"]
            _describe(author, now)
            publish(db, event_id, Subject.AUTHOR, author.id, at=at)
            if renamed:
                follow_renaming(db, author, at=at)
    db.flush()
    return known


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
        apply_verdict(db, post, Verdict.REJECTED, by=by, at=at, reason="author blocked", cause=blocked)
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
    """Undo a block or a trust. False if nobody thinks so of them any more."""
    author = db.get_one(Author, decision.subject_id)
    if author.standing != decision.after:
        return False
    _stand(db, author, Standing(decision.before), by=by, at=at, undoes=decision)
    return True


def _describe(author: Author, now: Mapping[str, str]) -> None:
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
        Subject.AUTHOR,
        author.id,
        author.standing,
        standing,
        by=by,
        at=at,
        reason=reason,
        undoes=undoes,
    )
    author.standing = standing
    publish(db, author.event_id, Subject.AUTHOR, author.id, at=at)
    return decision
