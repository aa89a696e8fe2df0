"""What an event remembers, read once for all posts that are screened together; bounded, whatever it has seen."""

from collections.abc import Hashable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, true, union_all
from sqlmodel import Session, case, col, desc, func, select

from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.question import Question, QuestionState
from app.domain.screening.memory import A_MINUTE, POSTS_REMEMBERED, Memory
from app.domain.screening.reading.fingerprint import essence
from app.domain.screening.reading.reading import LETTERS_READ
from app.domain.screening.surroundings import Recent
from app.domain.verdict import Verdict
from app.queries.do_not_share import slots
from app.queries.programme import speakers

MAX_LATE_POSTS = 2000
MAX_QUESTIONS = 50


def event_memory(
    db: Session,
    event: Event,
    authors: set[int],
    marks: set[str],
    *,
    at: datetime,
    before: int = 0,
    asks: bool = True,
) -> Memory:
    """What concerns these authors and fingerprints, of which the first arrives at `at`.

    All posts count, or only those that came `before` one that is edited or screened again. Open questions are read if
    somebody `asks`.
    """
    counts = col(Post.id) + 0 < before if before else true()
    memory = Memory(
        intake=event.intake,
        speakers=speakers(db, event.id),
        event_name=event.name,
        slots=slots(db, event, at=None if before else at),
        hashtags=tuple(tag.removeprefix("#") for tag in event.hashtags),
        questions=_questions(db, event) if asks else (),
    )
    _read_records(db, memory, authors, counts)
    _read_lately(db, memory, authors, at, before)
    _read_said(db, memory, event, authors, marks, counts)
    memory.newest.extend(_newest(db, event, col(Post.id) < before if before else counts))
    return memory


def memory_before(db: Session, event: Event, posts: Sequence[tuple[Post, Author]]) -> Memory:
    """What the event remembered when the first of these posts came, as far as it concerns them."""
    return event_memory(
        db,
        event,
        {author.id for _, author in posts},
        {post.fingerprint for post, _ in posts},
        at=min(post.received_at for post, _ in posts),
        before=posts[0][0].id,
    )


def _read_records(db: Session, memory: Memory, authors: set[int], counts: ColumnElement[bool]) -> None:
    """How many of their posts were approved, and by people rejected."""
    by_people = (col(Post.verdict) == Verdict.REJECTED) & col(Post.decided_by_machine).is_(False)
    query = (
        select(
            Post.author_id,
            func.sum(case((col(Post.verdict) == Verdict.APPROVED, 1), else_=0)),
            func.sum(case((by_people, 1), else_=0)),
        )
        .where(col(Post.author_id).in_(authors), counts)
        .group_by(col(Post.author_id))
    )
    for author_id, approved, rejected in db.exec(query):
        memory.approved[author_id], memory.rejected[author_id] = int(approved or 0), int(rejected or 0)


def _read_lately(db: Session, memory: Memory, authors: set[int], at: datetime, before: int) -> None:
    """What arrived in the minute before `at`; for an edit, before the post did: it is no post of its own."""
    query = (
        select(Post.author_id, Post.received_at)
        .where(col(Post.author_id).in_(authors), Post.received_at > at - A_MINUTE)
        .order_by(desc(col(Post.received_at)))
        .limit(MAX_LATE_POSTS)
    )
    if before:
        query = query.where(col(Post.id) + 0 < before)
    for author_id, then in db.exec(query):
        memory.lately[author_id].append(then)


def _read_said(
    db: Session, memory: Memory, event: Event, authors: set[int], marks: set[str], counts: ColumnElement[bool]
) -> None:
    """How often each text was said, and by whom of these authors; all others are one."""
    who = case((col(Post.author_id).in_(authors), col(Post.author_id)), else_=0).label("who")
    query = (
        select(Post.fingerprint, who, func.count(), func.max(Post.cluster))
        # The sum keeps SQLite from looking through all posts of the event instead of the few with these marks.
        .where(col(Post.event_id) + 0 == event.id, col(Post.fingerprint).in_(marks - {""}), counts)
        .group_by(col(Post.fingerprint), "who")
    )
    for mark, author_id, times, cluster in db.exec(query):
        author: Hashable = author_id
        memory.said[mark] += times
        memory.said_by[mark, author] += times
        memory.clusters[mark] = max(cluster or mark, memory.clusters.get(mark, ""))


def _newest(db: Session, event: Event, counts: ColumnElement[bool]) -> list[Recent]:
    """What arrived before, newest first. By verdict, as there is an index of these."""
    each = [
        select(Post.id, Post.text, Post.author_id, Post.cluster)
        .where(Post.event_id == event.id, Post.verdict == verdict, counts)
        .order_by(desc(col(Post.id)))
        .limit(POSTS_REMEMBERED)
        .subquery()
        .select()
        for verdict in Verdict
    ]
    newest = union_all(*each).order_by(desc("id")).limit(POSTS_REMEMBERED)
    return [
        Recent(essence(text[:LETTERS_READ]), author_id, cluster) for _, text, author_id, cluster in db.execute(newest)
    ]


def _questions(db: Session, event: Event) -> tuple[tuple[int, str], ...]:
    asked = (
        select(Question.id, Post.text)
        .join(Post, col(Post.id) == Question.post_id)
        .where(Question.event_id == event.id, Question.state == QuestionState.OPEN, col(Question.asked_with).is_(None))
        .order_by(desc(col(Question.id)))
        .limit(MAX_QUESTIONS)
    )
    return tuple((question_id, text) for question_id, text in db.exec(asked))
