"""Moderators approve, reject, stash and hold posts, one or many, and take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, update

from app.actions.change_log import publish
from app.actions.clusters import alike
from app.actions.decisions import decide, last_in_force
from app.actions.questions_of_posts import open_asked_question, show_or_hide_question
from app.actions.second_person import Agreed, agree
from app.actions.wall_numbers import next_wall_numbers
from app.domain.decision import Actor, Decision
from app.domain.post import Post
from app.domain.rejection_reasons import Declined
from app.domain.subject import Subject
from app.domain.verdict import Verdict

MAX_POSTS_AT_ONCE = 500
"""So many posts may be decided in one go."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the moderator had before their eyes: a decision counts only if it still is so."""

    verdict: Verdict
    revision: int


@dataclass(frozen=True, slots=True)
class Settled:
    """`won` is False when somebody, or an edit, was there first: then `post` and `other` tell what stands.

    `agreed` says that a second person must agree before the post is approved, and whether this was the first.
    `along` counts posts that say the same and were decided with it.
    """

    post: Post
    won: bool
    decision: Decision | None = None
    other: Decision | None = None
    agreed: Agreed | None = None
    along: int = 0

    def stands_as(self, wanted: Verdict) -> bool:
        """Whether the post is as they wanted it, be it by somebody else's hand."""
        return self.won or (self.agreed is None and self.post.verdict is wanted)


def approve(
    db: Session, post_id: int, *, by: Actor, at: datetime, seen: Seen | None = None, with_alike: bool = False
) -> Settled:
    """Let a post onto the wall. If somebody decided first, theirs stands. What says the same is declined as said."""
    settled = settle(db, post_id, Verdict.APPROVED, by=by, at=at, seen=seen)
    return _bring_along(db, settled, Verdict.REJECTED, by=by, at=at, as_=Declined.REPEAT) if with_alike else settled


def reject(
    db: Session,
    post_id: int,
    *,
    by: Actor,
    at: datetime,
    seen: Seen | None = None,
    reason: str = "",
    declined_as: str = "",
    with_alike: bool = False,
) -> Settled:
    """Keep a post off every screen, or take it down. It is not deleted."""
    settled = settle(db, post_id, Verdict.REJECTED, by=by, at=at, seen=seen, reason=reason, declined_as=declined_as)
    return _bring_along(db, settled, Verdict.REJECTED, by=by, at=at, as_=declined_as) if with_alike else settled


def stash(
    db: Session, post_id: int, *, by: Actor, at: datetime, seen: Seen | None = None, with_alike: bool = False
) -> Settled:
    """Keep a post for later."""
    settled = settle(db, post_id, Verdict.STASHED, by=by, at=at, seen=seen)
    return _bring_along(db, settled, Verdict.STASHED, by=by, at=at) if with_alike else settled


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
    declined_as: str = "",
    cause: Decision | None = None,
) -> Settled:
    """Give a verdict. The database says who was first: the row changes only if it still is as it was seen."""
    post = db.get_one(Post, post_id)
    seen = seen or Seen(post.verdict, post.revision)
    stopped = stopped_by(db, post, verdict, seen, by=by, at=at)
    if stopped is not None:
        return stopped
    reason = reason or declined_as
    decision = apply_verdict(
        db, post, verdict, by=by, at=at, before=seen.verdict, reason=reason, declined_as=declined_as, cause=cause
    )
    return Settled(post, won=True, decision=decision)


def stopped_by(db: Session, post: Post, verdict: Verdict, seen: Seen, *, by: Actor, at: datetime) -> Settled | None:
    """Why a verdict does not count. None when it is won: then `apply_verdict` must follow."""
    as_seen = (post.verdict, post.revision) == (seen.verdict, seen.revision)
    if verdict is Verdict.APPROVED and seen.verdict is not Verdict.APPROVED and as_seen:
        agreed = agree(db, post, by=by, at=at)
        if agreed is not None:
            return Settled(post, won=False, agreed=agreed)
    if win(db, post, verdict, seen):
        return None
    db.refresh(post)
    return Settled(post, won=False, other=last_in_force(db, post.event_id, Subject.POST, post.id))


def settle_many(
    db: Session,
    event_id: int,
    chosen: Sequence[tuple[int, Seen]],
    verdict: Verdict,
    *,
    by: Actor,
    at: datetime,
    declined_as: str = "",
) -> list[Settled]:
    """Give many posts one verdict. Each counts by itself; one undo takes all back. Posts of others are left out."""
    settled: list[Settled] = []
    cause: Decision | None = None
    for post_id, seen in chosen[:MAX_POSTS_AT_ONCE]:
        post = db.get(Post, post_id)
        if post is None or post.event_id != event_id:
            continue
        one = settle(db, post_id, verdict, by=by, at=at, seen=seen, declined_as=declined_as, cause=cause)
        cause = cause or one.decision
        settled.append(one)
    return settled


def take_back_verdict(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """Give a post the verdict it had before that decision. False if it moved on.

    What has changed since is not what was approved then: it waits.
    """
    post = db.get_one(Post, decision.subject_id)
    if post.verdict != decision.after or post.withdrawn_at is not None:
        return False
    before = Verdict(decision.before or Verdict.HELD)
    if before is Verdict.APPROVED and post.revision != decision.revision:
        before = Verdict.HELD
    apply_verdict(db, post, before, by=by, at=at, undoes=decision)
    return True


def apply_verdict(
    db: Session,
    post: Post,
    verdict: Verdict,
    *,
    by: Actor,
    at: datetime,
    before: str = "",
    reason: str = "",
    declined_as: str = "",
    cause: Decision | None = None,
    undoes: Decision | None = None,
) -> Decision:
    """Set a verdict that is already won, write it down and announce it."""
    decision = decide(
        db,
        post.event_id,
        Subject.POST,
        post.id,
        before or post.verdict,
        verdict,
        by=by,
        at=at,
        reason=reason,
        revision=post.revision,
        cause=cause,
        undoes=undoes,
    )
    post.verdict = verdict
    if not by.machine:
        post.unread = post.unread.looked_at  # what is read later only raises
    decided = verdict is not Verdict.HELD
    post.decided_at, post.decided_by = (at, by.label) if decided else (None, "")
    post.decided_by_machine = decided and by.machine
    post.declined_as = declined_as if verdict is Verdict.REJECTED else ""
    post.delayed, post.shows_at, post.agreed_by, post.agreed_access_id, post.suggested = False, None, "", None, ""
    if verdict is Verdict.APPROVED:
        open_asked_question(db, post, at=at)
    show_or_hide_question(db, post, at=at)
    cursor = publish(db, post.event_id, Subject.POST, post.id, at=at)
    # An undo puts the post back where it was on the wall; an approval puts it on top.
    if verdict is Verdict.APPROVED and not (undoes and post.wall_cursor):
        post.wall_cursor, post.wall_number = cursor, next_wall_numbers(db, post.event_id, 1)[0]
    return decision


def _bring_along(db: Session, settled: Settled, verdict: Verdict, *, by: Actor, at: datetime, as_: str = "") -> Settled:
    """Decide what waits and says the same, unless somebody else does at this moment."""
    if settled.decision is None:
        return settled
    reason = f"says the same as post {settled.post.id}"
    along = 0
    for other in alike(db, settled.post):
        if win(db, other, verdict, Seen(Verdict.HELD, other.revision)):
            apply_verdict(
                db,
                other,
                verdict,
                by=by,
                at=at,
                before=Verdict.HELD,
                reason=reason,
                declined_as=as_,
                cause=settled.decision,
            )
            along += 1
    return Settled(settled.post, won=True, decision=settled.decision, along=along)


def win(db: Session, post: Post, verdict: Verdict, seen: Seen) -> bool:
    """Change the row if it still is as it was seen; whoever does has won and may `apply_verdict`."""
    if seen.verdict is verdict:
        return False
    claimed = db.exec(
        update(Post)
        .where(
            col(Post.id) == post.id,
            col(Post.verdict) == seen.verdict,
            col(Post.revision) == seen.revision,
            col(Post.withdrawn_at).is_(None),
        )
        .values(verdict=verdict)
        .execution_options(synchronize_session=False)
    )
    return claimed.rowcount == 1
