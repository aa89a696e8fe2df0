"""Posts are removed with all that hangs on them: screens are told by the lines, and the rows are gone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from app.actions.applied_verdicts import apply_verdict
from app.actions.change_log import publish_all
from app.actions.clusters import announce_cluster
from app.actions.folds import ALONE
from app.actions.log_words import forget_for_whom
from app.actions.vote_counts import recount
from app.domain.decision import MACHINE, Decision
from app.domain.post import Author, Picture, Post, Repost, Standing
from app.domain.prompt import Answer
from app.domain.question import Question, Reply, Vote
from app.domain.reading_cost import MeterRef
from app.domain.seats import Seat
from app.domain.star import Star
from app.domain.subject import Subject
from app.domain.takedown import Takedown
from app.domain.verdict import Verdict
from app.queries.folds import folded_into
from app.queries.pictures import pictures_referred_to

A_FEW = 500
"""A database takes so many parameters in a list."""
OF_POSTS = (
    Subject.POST, Subject.AGREEMENT, Subject.DELAY, Subject.REVEAL, Subject.NAME, Subject.INCIDENT, Subject.ANSWER,
    Subject.STAR,
)  # fmt: skip
OF_QUESTIONS = (
    Subject.QUESTION, Subject.VOTES, Subject.PLACE, Subject.MERGE, Subject.REPLY, Subject.MARK, Subject.NOTE,
    Subject.HOLD,
)  # fmt: skip


@dataclass
class Removed:
    """How much went."""

    posts: int = 0
    rows: int = 0
    pictures: set[str] = field(default_factory=set)
    """Keys of pictures that it referred to, whether or not something else does."""


def remove_posts(db: Session, event_id: int, ids: Iterable[int], *, at: datetime) -> Removed:
    """Take posts and all that is of them out of every table. Screens drop them, as no row stands behind the line."""
    wanted = sorted(ids)
    removed = Removed()
    if not wanted:
        return removed
    posts = [post for some in _few(wanted) for post in db.exec(select(Post).where(col(Post.id).in_(some)))]
    asked = [one for some in _few(wanted) for one in db.exec(select(Question.id).where(_among(Question.post_id, some)))]
    alone, stand_alone, stood_for = _folded(db, posts), set[int](), set[int]()
    for some in _few(posts):
        _forget_refs(db, event_id, some, removed)
    for some in _few(asked):
        stand_alone.update(db.exec(select(Question.id).where(_among(Question.asked_with, some))))
        stood_for.update(filter(None, db.exec(select(Question.asked_with).where(_among(Question.id, some)))))
        _change(db, Question, Question.asked_with, some, asked_with=None)
        removed.rows += _gone(db, Vote, Vote.question_id, some)
        removed.rows += _gone(db, Reply, Reply.question_id, some)
        removed.rows += _gone(db, Question, Question.id, some)
        blank_decisions(db, event_id, OF_QUESTIONS, some)
    for some in _few(wanted):
        removed.rows += _gone(db, Answer, Answer.post_id, some)
        removed.rows += _gone(db, Star, Star.post_id, some)
        _change(db, Answer, Answer.under_id, some, under_id=None)
        _change(db, Seat, Seat.post_id, some, post_id=None)
        _change(db, Takedown, Takedown.post_id, some, post_id=None, link="", words="")
        blank_decisions(db, event_id, OF_POSTS, some)
        removed.posts += _gone(db, Post, Post.id, some)
    for post in posts:
        removed.pictures.update(post.pictures)
        db.expunge(post)
    removed.rows += removed.posts
    for other in alone:
        apply_verdict(db, other, Verdict.HELD, by=MACHINE, at=at, reason=ALONE)
    for cluster in sorted({post.cluster for post in posts if post.cluster}):
        announce_cluster(db, event_id, cluster, at=at)
    for one in sorted((stand_alone | stood_for).difference(asked)):
        recount(db, one)
    if told := sorted(stand_alone.union(stood_for, asked)):
        publish_all(db, event_id, Subject.QUESTION, told, at=at)
    publish_all(db, event_id, Subject.POST, wanted, at=at)
    return removed


def remove_authors(db: Session, event_id: int, ids: Iterable[int], removed: Removed, *, known_too: bool) -> None:
    """Take those away who have no post left; whom somebody has blocked or trusted only if `known_too`."""
    for some in _few(sorted(ids)):
        left = col(Author.id).in_(select(Post.author_id).where(_among(Post.author_id, some)))
        query = select(Author).where(_among(Author.id, some), ~left)
        if not known_too:
            query = query.where(Author.standing == Standing.OPEN)
        gone = db.exec(query).all()
        removed.pictures.update(author.avatar for author in gone if author.avatar)
        numbers = [author.id for author in gone]
        for author in gone:
            db.expunge(author)
        removed.rows += _gone(db, Author, Author.id, numbers)
        blank_decisions(db, event_id, (Subject.AUTHOR,), numbers)


def remove_pictures(db: Session, removed: Removed) -> None:
    """Let go of pictures that nothing refers to any more: one look at all that is left, however many they are."""
    if removed.pictures:
        db.flush()
        for some in _few(sorted(removed.pictures - pictures_referred_to(db))):
            removed.rows += _gone(db, Picture, Picture.key, some)


def blank_decisions(db: Session, event_id: int, subjects: Sequence[str], ids: Sequence[int]) -> None:
    """What was decided stays, and when; no word of why does."""
    about = (col(Decision.event_id) == event_id, col(Decision.subject).in_(subjects), _among(Decision.subject_id, ids))
    blanked = update(Decision).where(*about, or_(col(Decision.reason) != "", col(Decision.detail) != ""))
    db.execute(blanked.values(reason="", detail="").execution_options(synchronize_session="fetch"))
    forget_for_whom(db, *about)


def _folded(db: Session, posts: Sequence[Post]) -> list[Post]:
    """Those of others that have no card because one of these has it."""
    gone, found = {post.id for post in posts}, dict[int, Post]()
    for post in posts:
        found.update({other.id: other for other in folded_into(db, post, post.cluster) if other.id not in gone})
    return [found[number] for number in sorted(found)]


def _forget_refs(db: Session, event_id: int, posts: Sequence[Post], removed: Removed) -> None:
    """Who passed them on, and that they were paid for."""
    refs = {post.ref for post in posts}
    passed = delete(Repost).where(col(Repost.event_id) == event_id, col(Repost.of_ref).in_(refs))
    removed.rows += db.execute(passed).rowcount  # type: ignore[attr-defined]
    paid = delete(MeterRef).where(col(MeterRef.ref).in_({f"p:{ref}" for ref in refs}))
    removed.rows += db.execute(paid).rowcount  # type: ignore[attr-defined]


def _among(column: Any, ids: Sequence[Any]) -> Any:
    return col(column).in_(ids)


def _gone(db: Session, table: Any, column: Any, ids: Sequence[Any]) -> int:
    if not ids:
        return 0
    done = db.execute(delete(table).where(_among(column, ids)).execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]


def _change(db: Session, table: Any, column: Any, ids: Sequence[int], **values: object) -> None:
    changed = update(table).where(_among(column, ids)).values(**values)
    db.execute(changed.execution_options(synchronize_session="fetch"))


def _few(some: Sequence[Any]) -> Iterator[Sequence[Any]]:
    yield from (some[start : start + A_FEW] for start in range(0, len(some), A_FEW))
