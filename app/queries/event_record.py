"""An Event as a record of what was said: its programme with questions, and its posts page by page.

Only what was let through and not taken back; nothing of a talk whose speakers ask that it is not passed on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from app.domain.event import Event, EventState
from app.domain.meet import MeetNotes
from app.domain.post import Author, Post
from app.domain.prompt import Answer, Prompt
from app.domain.question import Question, QuestionState
from app.domain.signed_names import Signed, signed
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.do_not_share import kept_back
from app.queries.meets import notes_of
from app.queries.merged_questions import stands_for_itself
from app.queries.prompts import prompts_of
from app.queries.questions import QuestionCard, question_cards

MOST_QUESTIONS = 5_000
NOT_SHOWN = (QuestionState.TAKEN_BACK, QuestionState.DISMISSED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A Talk with its questions, what most wanted to know first; None for what was asked of no talk."""

    talk: Talk | None
    questions: tuple[QuestionCard, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What stands on the first page of the record."""

    event: Event
    asked: tuple[Asked, ...]
    prompts: tuple[Prompt, ...]
    posts: int
    """Those that are kept back among them: so many rows there are to go through."""
    notes: MeetNotes | None = None
    """What was noted at a meet."""


@dataclass(frozen=True, slots=True)
class PastPost:
    """A post with who wrote it, under which prompt it stands, and whether it is a question."""

    post: Post
    author: Signed
    prompt_id: int | None
    asked: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of posts ends; the next begins after it."""

    at: datetime
    post_id: int


def record(db: Session, event_id: int) -> Record:
    event = db.get_one(Event, event_id)
    talks = db.exec(select(Talk).where(Talk.event_id == event_id).order_by(col(Talk.starts_at), col(Talk.id)))
    shared = [talk for talk in talks if not talk.do_not_share]
    count = select(func.count()).select_from(Post).where(*_let_through(event_id))
    return Record(
        event,
        tuple(_asked(db, event_id, shared)),
        tuple(one for one in prompts_of(db, event_id) if one.released_at is not None),
        db.exec(count).one(),
        notes_of(db, event_id),
    )


def said_after(db: Session, event_id: int, place: Place | None, *, limit: int) -> tuple[list[PastPost], Place | None]:
    """The next posts in the order in which they were written, and where they end; None at the end of all."""
    hidden = kept_back(db, db.get_one(Event, event_id))
    query = (
        select(Post, Author, Answer.prompt_id, Question.id)
        .join(Author, col(Author.id) == Post.author_id)
        .outerjoin(Answer, col(Answer.post_id) == Post.id)
        .outerjoin(Question, and_(col(Question.post_id) == Post.id, col(Question.state) != QuestionState.TAKEN_BACK))
        .where(*_let_through(event_id))
    )
    if place is not None:
        later = and_(col(Post.posted_at) == place.at, col(Post.id) > place.post_id)
        query = query.where(or_(col(Post.posted_at) > place.at, later))
    rows = list(db.exec(query.order_by(col(Post.posted_at), col(Post.id)).limit(limit)))
    found = [
        PastPost(post, signed(post, author), prompt, asked is not None)
        for post, author, prompt, asked in rows
        if post.id not in hidden
    ]
    return found, Place(rows[-1][0].posted_at, rows[-1][0].id) if rows else None


def as_links(event: Event, private_kinds: Iterable[str], sources: Iterable[str], *, floor: str) -> frozenset[str]:
    """Of which sources a record has links and no words: after the end nobody looks every day what authors delete.

    Of an archived Event nobody looks at all.
    """
    if event.state is EventState.ARCHIVED:
        return frozenset(sources) - {floor}
    return frozenset(private_kinds) if event.state is EventState.CLOSED else frozenset()


def _asked(db: Session, event_id: int, talks: Iterable[Talk]) -> Iterable[Asked]:
    """Of every talk, and at the end what was asked of none."""
    listed = list(talks)
    by_talk = _by_talk(db, event_id, {talk.id for talk in listed})
    yield from (Asked(talk, by_talk.get(talk.id, ())) for talk in listed)
    if None in by_talk:
        yield Asked(None, by_talk[None])


def _by_talk(db: Session, event_id: int, talks: set[int]) -> Mapping[int | None, tuple[QuestionCard, ...]]:
    wanted = (
        select(Question.id)
        .join(Post, col(Post.id) == Question.post_id)
        .where(*_let_through(event_id), col(Question.state).not_in(NOT_SHOWN), stands_for_itself())
        .order_by(col(Question.votes).desc(), col(Question.id))
        .limit(MOST_QUESTIONS)
    )
    hidden = kept_back(db, db.get_one(Event, event_id))
    ids = list(db.exec(wanted))
    cards = question_cards(db, ids)
    found: dict[int | None, list[QuestionCard]] = {}
    for question_id in ids:
        card = cards[question_id]
        talk_id = card.question.talk_id
        if card.post.id not in hidden and (talk_id is None or talk_id in talks):
            found.setdefault(talk_id, []).append(card)
    return {talk_id: tuple(some) for talk_id, some in found.items()}


def _let_through(event_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Post.event_id) == event_id,
        col(Post.verdict) == Verdict.APPROVED,
        col(Post.withdrawn_at).is_(None),
    )
