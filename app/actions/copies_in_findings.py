"""What was found in others' posts because they ask the same repeats a question: it goes when those words go."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast
from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.actions.post_columns import put_signals
from app.actions.questions_of_posts import question_of
from app.domain.event import Event
from app.domain.post import Post
from app.domain.subject import Subject

REPEATING, BEGINNING_REPEATED = "similar-question", 140
"""The finding that repeats another text, and how much of it."""


def forget_copies_of(db: Session, post: Post, *, at: datetime) -> int:
    """The words of a post are taken away, or take others' place; only what is a question is ever repeated."""
    if question_of(db, post.id) is None:
        return 0
    db.get_one(
        Event, post.event_id, with_for_update=True
    )  # what comes in at this moment has read the questions already
    return forget_copies(db, post.event_id, [post.text], at=at)


def forget_copies(db: Session, event_id: int, texts: Collection[str], *, at: datetime) -> int:
    """Take away what was found in others' posts because they ask the same as these texts: the finding repeats them."""
    begins = {text[:BEGINNING_REPEATED] for text in texts if text}
    if not begins:
        return 0
    changed, near = 0, cast(col(Post.signals), Text).contains(REPEATING)
    for post in db.exec(select(Post).where(Post.event_id == event_id, near).order_by(col(Post.id))).all():
        kept = [one for one in post.signals if one["code"] != REPEATING or _repeated(one) not in begins]
        if len(kept) != len(post.signals):
            put_signals(post, kept)
            publish(db, event_id, Subject.POST, post.id, at=at)
            changed += 1
    return changed


def _repeated(signal: Mapping[str, Any]) -> Any:
    facts = signal.get("facts")
    return facts.get("other") if isinstance(facts, dict) else None
