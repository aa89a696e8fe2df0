"""Verdicts that are won, written down and announced: of one post, or of many in a few statements."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish_all
from app.actions.decisions import decide_all
from app.actions.questions_of_posts import open_asked_questions, show_or_hide_questions
from app.actions.wall_numbers import next_wall_numbers
from app.domain.decision import Actor, Decision
from app.domain.post import Post
from app.domain.subject import Subject
from app.domain.verdict import Verdict


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
    return apply_verdicts(
        db,
        [(post, before)],
        verdict,
        by=by,
        at=at,
        reason=reason,
        declined_as=declined_as,
        cause=cause,
        undoes=undoes,
    )[0]


def apply_verdicts(
    db: Session,
    won: Sequence[tuple[Post, str]],
    verdict: Verdict,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    declined_as: str = "",
    cause: Decision | None = None,
    undoes: Decision | None = None,
) -> list[Decision]:
    """The same for several posts of an Event, each with what it was before; '' if that stands in its row."""
    if not won:
        return []
    posts, event_id = [post for post, _ in won], won[0][0].event_id
    changes = [(post.id, before or post.verdict, verdict.value, post.revision) for post, before in won]
    decisions = decide_all(db, event_id, Subject.POST, changes, by=by, at=at, reason=reason, cause=cause, undoes=undoes)
    for post in posts:
        _set(post, verdict, by=by, at=at, declined_as=declined_as)
    if verdict is Verdict.APPROVED:
        open_asked_questions(db, posts, at=at)
    show_or_hide_questions(db, posts, at=at)
    cursors = publish_all(db, event_id, Subject.POST, [post.id for post in posts], at=at)
    # An undo puts the post back where it was on the wall; an approval puts it on top.
    up = [
        (post, cursor)
        for post, cursor in zip(posts, cursors, strict=True)
        if verdict is Verdict.APPROVED and not (undoes and post.wall_cursor)
    ]
    if up:
        for (post, cursor), number in zip(up, next_wall_numbers(db, event_id, len(up)), strict=True):
            post.wall_cursor, post.wall_number = cursor, number
    return decisions


def _set(post: Post, verdict: Verdict, *, by: Actor, at: datetime, declined_as: str) -> None:
    post.verdict = verdict
    if not by.machine:
        post.unread = post.unread.looked_at  # what is read later only raises
    decided = verdict is not Verdict.HELD
    post.decided_at, post.decided_by = (at, by.label) if decided else (None, "")
    post.decided_by_machine = decided and by.machine
    post.declined_as = declined_as if verdict is Verdict.REJECTED else ""
    post.delayed, post.shows_at, post.agreed_by, post.agreed_access_id, post.suggested = False, None, "", None, ""
