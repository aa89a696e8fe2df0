"""Authors become known, trusted and blocked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.applied_verdicts import apply_verdict
from app.actions.author_renames import follow_renaming
from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.pictures import picture_keys
from app.domain.decision import Actor, Decision
from app.domain.incoming import Account, Byline
from app.domain.post import Author, Post, Standing
from app.domain.signed_names import signed_now
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.accounts import account_of, accounts_of, is_taken
from app.queries.posts import post_by_ref


def known_authors(db: Session, event_id: int, bylines: Sequence[tuple[str, Byline]], *, at: datetime) -> list[Author]:
    """The Author of each byline, by account, with name and picture as they are now; a change is announced."""
    known = accounts_of(db, event_id, bylines)
    newest = {account_of(source, byline): byline for source, byline in bylines}
    picture_keys(db, [byline.avatar_url for byline in newest.values()])
    for (source, ref), byline in newest.items():
        author = known.get((source, ref))
        if author is None:
            author = Author(event_id=event_id, source=source, ref=ref, handle="", name="", first_seen_at=at)
            known[source, ref] = author
            _describe(author, signed_now(byline))
            db.add(author)
        else:
            call(db, author, byline, at=at)
    db.flush()
    return [known[account_of(source, byline)] for source, byline in bylines]


def call(db: Session, author: Author, byline: Byline, *, at: datetime) -> None:
    """An author is as their network shows them now: their cards keep what they bear, or leave where they must."""
    if byline.ref and author.ref != byline.ref and not is_taken(db, author, byline.ref):
        author.ref = byline.ref  # until now only the handle was known
    now = signed_now(byline)
    if all(getattr(author, field) == value for field, value in now.items()):
        return
    renamed = (author.name, author.handle) != (now["name"], now["handle"])
    _describe(author, now)
    publish(db, author.event_id, Subject.AUTHOR, author.id, at=at)
    if renamed:
        follow_renaming(db, author, at=at)


def follow_account(db: Session, event_id: int, account: Account, *, at: datetime) -> None:
    """A look-up tells what the author of a post goes by now: as if they had posted again."""
    post = post_by_ref(db, event_id, account.source, account.ref)
    if post is not None and post.withdrawn_at is None:
        picture_keys(db, [account.byline.avatar_url])
        call(db, db.get_one(Author, post.author_id), account.byline, at=at)


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


def carry_standing(db: Session, from_id: int, to_id: int, *, by: Actor, at: datetime) -> int:
    """Who was trusted or blocked at one Event is so at another, where nobody has said otherwise; says how many."""
    known = {(one.source, one.ref): one for one in db.exec(select(Author).where(Author.event_id == to_id))}
    carried = 0
    theirs = select(Author).where(Author.event_id == from_id, Author.standing != Standing.OPEN)
    for one in db.exec(theirs.order_by(col(Author.id))).all():
        author = known.get((one.source, one.ref))
        if author is None:
            kept = one.model_dump(exclude={"id", "standing"}) | {"event_id": to_id, "first_seen_at": at}
            author = Author(**kept)
            db.add(author)
            db.flush()
        elif author.standing is not Standing.OPEN:
            continue
        _stand(db, author, one.standing, by=by, at=at)
        carried += 1
    return carried


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
