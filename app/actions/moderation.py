"""Moderators approve, reject, stash and hold posts, and take it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, update

from app.actions import publish
from app.actions.decisions import decide, last_standing
from app.actions.questions import open_asked_question, show_or_hide_question
from app.domain.decision import Actor, Decision
from app.domain.post import Post
from app.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Seen:
    """What the moderator had before their eyes: a decision counts only if it still is so."""

    verdict: Verdict
    version: int


@dataclass(frozen=True, slots=True)
class Settled:
    """`won` is False when somebody, or an edit, was there first: then `post` and `other` tell what stands."""

    post: Post
    won: bool
    decision: Decision | None = None
    other: Decision | None = None


def approve(db: Session, post_id: int, *, by: Actor, at: datetime, seen: Seen | None = None) -> Settled:
    """Let a post onto the wall. If somebody decided first, theirs stands."""
    return settle(db, post_id, Verdict.APPROVED, by=by, at=at, seen=seen)


def reject(
    db: Session, post_id: int, *, by: Actor, at: datetime, seen: Seen | None = None, reason: str = ""
) -> Settled:
    """Keep a post off every screen, or take it down. It is not deleted."""
    return settle(db, post_id, Verdict.REJECTED, by=by, at=at, seen=seen, reason=reason)


def stash(db: Session, post_id: int, *, by: Actor, at: datetime, seen: Seen | None = None) -> Settled:
    """Keep a post for later."""
    return settle(db, post_id, Verdict.STASHED, by=by, at=at, seen=seen)


def hold(db: Session, post_id: int, *, by: Actor, at: datetime, seen: Seen | None = None) -> Settled:
    """Send a post back to the queue."""
    return settle(db, post_id, Verdict.HELD, by=by, at=at, seen=seen)


def settle(
    db: Session,
    post_id: int,
    verdict: Verdict,
    *,
    by: Actor,
    at: datetime,
    seen: Seen | None = None,
    reason: str = "",
) -> Settled:
    """Give a verdict. The database says who was first: the row changes only if it still is as it was seen."""
    post = db.get_one(Post, post_id)
    seen = seen or Seen(post.verdict, post.version)
    if not _claim(db, post, verdict, seen):
        db.refresh(post)
        return Settled(post, won=False, other=last_standing(db, post.event_id, "post", post.id))
    decision = put(db, post, verdict, by=by, at=at, before=seen.verdict, reason=reason)
    return Settled(post, won=True, decision=decision)


def take_back_verdict(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """Give a post the verdict it had before that decision. False if it has another one by now."""
    post = db.get_one(Post, decision.subject_id)
    if post.verdict != decision.after or post.withdrawn_at is not None:
        return False
    put(db, post, Verdict(decision.before or Verdict.HELD), by=by, at=at, undoes=decision)
    return True


def put(
    db: Session,
    post: Post,
    verdict: Verdict,
    *,
    by: Actor,
    at: datetime,
    before: str = "",
    reason: str = "",
    cause: Decision | None = None,
    undoes: Decision | None = None,
) -> Decision:
    """Set a verdict that is already won, write it down and announce it."""
    decision = decide(
        db,
        post.event_id,
        "post",
        post.id,
        before or post.verdict,
        verdict,
        by=by,
        at=at,
        reason=reason,
        cause=cause,
        undoes=undoes,
    )
    post.verdict = verdict
    post.decided_at, post.decided_by = (None, "") if verdict is Verdict.HELD else (at, by.label)
    if verdict is Verdict.APPROVED:
        open_asked_question(db, post, at=at)
    show_or_hide_question(db, post, at=at)
    cursor = publish(db, post.event_id, "post", post.id, at=at)
    # An undo puts the post back where it was on the wall; an approval puts it on top.
    if verdict is Verdict.APPROVED and not (undoes and post.shown):
        post.shown = cursor
    return decision


def _claim(db: Session, post: Post, verdict: Verdict, seen: Seen) -> bool:
    if seen.verdict is verdict:
        return False
    claimed = db.exec(
        update(Post)
        .where(
            col(Post.id) == post.id,
            col(Post.verdict) == seen.verdict,
            col(Post.version) == seen.version,
            col(Post.withdrawn_at).is_(None),
        )
        .values(verdict=verdict)
        .execution_options(synchronize_session=False)
    )
    return claimed.rowcount == 1
