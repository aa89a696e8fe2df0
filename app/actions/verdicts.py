"""Moderators approve, reject, stash and hold posts, one or many, and take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from app.actions.applied_verdicts import apply_verdict, apply_verdicts
from app.actions.clusters import alike
from app.actions.decisions import last_in_force
from app.actions.second_person import Agreed, agree, needs_two
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
    seen = dict(chosen[:MAX_POSTS_AT_ONCE])
    found = db.exec(select(Post).where(col(Post.id).in_(seen), Post.event_id == event_id))
    places = {post_id: place for place, post_id in enumerate(seen)}
    posts = sorted(found, key=lambda post: places[post.id])
    facts: dict[str, Any] = {"by": by, "at": at, "reason": declined_as, "declined_as": declined_as}
    # Where two must agree, each is asked after by itself.
    plain = [post for post in posts if verdict is not Verdict.APPROVED or not needs_two(db, post)]
    won = win_all(db, [(post, seen[post.id]) for post in plain], verdict)
    pairs = [(post, str(seen[post.id].verdict)) for post in won]
    # The first is what is taken back, and takes the others along.
    made = apply_verdicts(db, pairs[:1], verdict, **facts)
    made += apply_verdicts(db, pairs[1:], verdict, **facts, cause=made[0] if made else None)
    settled = {post.id: Settled(post, won=True, decision=one) for post, one in zip(won, made, strict=True)}
    cause = made[0] if made else None
    for post in posts:
        if post.id not in settled:
            one = settle(db, post.id, verdict, by=by, at=at, seen=seen[post.id], declined_as=declined_as, cause=cause)
            settled[post.id], cause = one, cause or one.decision
    return [settled[post.id] for post in posts]


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


def _bring_along(db: Session, settled: Settled, verdict: Verdict, *, by: Actor, at: datetime, as_: str = "") -> Settled:
    """Decide what waits and says the same, unless somebody else does at this moment."""
    if settled.decision is None:
        return settled
    reason = f"says the same as post {settled.post.id}"
    others = [(other, Seen(Verdict.HELD, other.revision)) for other in alike(db, settled.post)]
    won = [(other, Verdict.HELD.value) for other in win_all(db, others, verdict)]
    apply_verdicts(db, won, verdict, by=by, at=at, reason=reason, declined_as=as_, cause=settled.decision)
    return Settled(settled.post, won=True, decision=settled.decision, along=len(won))


def win(db: Session, post: Post, verdict: Verdict, seen: Seen) -> bool:
    """Change the row if it still is as it was seen; whoever does has won and may `apply_verdict`."""
    return bool(win_all(db, [(post, seen)], verdict))


def win_all(db: Session, posts: Sequence[tuple[Post, Seen]], verdict: Verdict) -> list[Post]:
    """The same for several: those that were won."""
    won: set[int] = set()
    for seen in {seen for _, seen in posts if seen.verdict is not verdict}:
        claimed = db.exec(
            update(Post)
            .where(
                col(Post.id).in_([post.id for post, of_post in posts if of_post == seen]),
                col(Post.verdict) == seen.verdict,
                col(Post.revision) == seen.revision,
                col(Post.withdrawn_at).is_(None),
            )
            .values(verdict=verdict)
            .returning(col(Post.id))
            .execution_options(synchronize_session=False)
        )
        won.update(claimed.scalars())
    return [post for post, _ in posts if post.id in won]
