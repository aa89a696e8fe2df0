"""Posts are asked aloud, passed on and taken away."""

from datetime import datetime

from sqlmodel import Session, select

from app.actions import publish
from app.actions.arrivals import receive
from app.actions.asked import show_or_hide_question
from app.actions.clusters import announce_cluster
from app.actions.decisions import decide
from app.actions.questions import make_question
from app.domain.decision import Actor
from app.domain.incoming import Incoming, IncomingRepost, Withdrawal
from app.domain.post import Post, Repost
from app.domain.question import Question
from app.domain.subject import Subject
from app.domain.verdict import Verdict


def ask_aloud(db: Session, event_id: int, spoken: Incoming, *, by: Actor, at: datetime) -> Question | None:
    """A question from the microphone: stored like any post, and let through by whoever typed it.

    None if it needs a second person: then it waits.
    """
    received = receive(db, event_id, spoken, at=at)
    made = make_question(db, received.post_id, by=by, at=at)
    return made if isinstance(made, Question) else None


def count_repost(db: Session, event_id: int, repost: IncomingRepost, *, at: datetime) -> None:
    """Count a repost at its original, once. It waits for an original that has not arrived yet."""
    seen = select(Repost.id).where(
        Repost.event_id == event_id, Repost.source == repost.source, Repost.ref == repost.ref
    )
    if db.exec(seen).first() is not None:
        return
    db.add(Repost(event_id=event_id, source=repost.source, ref=repost.ref, of_ref=repost.of_ref))
    original = _find(db, event_id, repost.source, repost.of_ref)
    if original is not None and original.withdrawn_at is None:
        original.reposts += 1
        publish(db, event_id, Subject.POST, original.id, at=at)


def withdraw(db: Session, event_id: int, withdrawal: Withdrawal, *, at: datetime) -> None:
    """Its author or its network took a post away: it leaves every screen, and its text leaves the archive."""
    post = _find(db, event_id, withdrawal.source, withdrawal.ref)
    if post is not None and post.withdrawn_at is None:
        erase(db, post, reason=withdrawal.reason, by=Actor(label=withdrawal.source), at=at)


def retract(db: Session, event_id: int, post_id: int, device: str, *, at: datetime) -> bool:
    """A phone takes its own post back. False if it is not its own, or gone already."""
    post = db.get(Post, post_id)
    own = post is not None and post.event_id == event_id and post.device == device != ""
    if post is None or not own or post.withdrawn_at is not None:
        return False
    erase(db, post, reason="withdrawn by its author", by=Actor(label="author"), at=at)
    return True


def erase(db: Session, post: Post, *, reason: str, by: Actor, at: datetime) -> None:
    """Empty a post for good. What is left says only that there was one, and which decisions were taken."""
    decide(db, post.event_id, Subject.POST, post.id, post.verdict, Verdict.REJECTED, by=by, reason=reason, at=at)
    post.verdict, post.decided_at, post.decided_by = Verdict.REJECTED, at, by.label
    post.decided_by_machine = by.machine
    post.text, post.segments, post.photos, post.quote, post.fingerprint = "", [], [], None, ""
    post.byline = {}
    post.signals, post.reply_to, post.url, post.doubts = [], "", "", ""
    left, post.cluster = post.cluster, ""
    post.withdrawn_at = at
    show_or_hide_question(db, post, at=at)
    publish(db, post.event_id, Subject.POST, post.id, at=at)
    announce_cluster(db, post.event_id, left, at=at)


def _find(db: Session, event_id: int, source: str, ref: str) -> Post | None:
    return db.exec(select(Post).where(Post.event_id == event_id, Post.source == source, Post.ref == ref)).first()
