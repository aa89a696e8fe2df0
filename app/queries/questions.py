"""Questions as stage, floor and wall show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.question import Question, QuestionState, Vote
from app.domain.signed_names import Signed, signed
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.posts import has_screens

OPEN = (QuestionState.OPEN,)


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with its post, who asked and the Talk it is for. `sort_key`: bigger comes first."""

    question: Question
    post: Post
    author: Signed
    talk: Talk | None
    sort_key: str

    @property
    def id(self) -> int:
        return self.question.id


def ranked_ids(db: Session, event: Event, states: tuple[QuestionState, ...], limit: int) -> list[int]:
    """Questions of the current Talk (between talks of the last one) and of none, most votes first, then the older."""
    return _ranked(db, event, _for_talk(event) & col(Question.state).in_(states), limit)


def open_elsewhere(db: Session, event: Event, limit: int) -> list[int]:
    """Questions of other Talks that nobody has answered: they stay answerable."""
    return _ranked(db, event, ~_for_talk(event) & col(Question.state).in_(OPEN), limit)


def talks_over(db: Session, event: Event, at: datetime) -> set[int]:
    """Talks that have ended, other than the one that runs."""
    over = select(Talk.id).where(Talk.event_id == event.id, col(Talk.ends_at) <= at)
    return set(db.exec(over)) - {event.current_talk_id or 0}


def on_stage(db: Session, event: Event) -> QuestionCard | None:
    """The question that the hall looks at, of whichever Talk."""
    found = db.exec(
        _visible(select(Question.id), event)
        .where(Question.state == QuestionState.ON_STAGE)
        .order_by(col(Question.on_stage_at).desc())
        .limit(1)
    ).first()
    return question_cards(db, [found])[found] if found is not None else None


def question_cards(db: Session, ids: Iterable[int]) -> dict[int, QuestionCard]:
    rows = db.exec(
        select(Question, Post, Author, Talk)
        .join(Post, col(Post.id) == Question.post_id)
        .join(Author, col(Author.id) == Post.author_id)
        .outerjoin(Talk, col(Talk.id) == Question.talk_id)
        .where(col(Question.id).in_(list(ids)))
    )
    return {
        question.id: QuestionCard(question, post, signed(post, author), talk, _order(question))
        for question, post, author, talk in rows
    }


def questions_of_posts(db: Session, post_ids: Iterable[int]) -> set[int]:
    return set(db.exec(select(Question.id).where(col(Question.post_id).in_(list(post_ids)))))


def question_by_id(db: Session, question_id: int) -> Question | None:
    return db.get(Question, question_id)


def voted_for(db: Session, event_id: int, device: str) -> set[int]:
    """Ids of the questions that a device votes for."""
    return set(
        db.exec(
            select(Vote.question_id)
            .join(Question, col(Question.id) == Vote.question_id)
            .where(Vote.device == device, col(Vote.taken_back).is_(False), Question.event_id == event_id)
        )
    )


def _ranked(db: Session, event: Event, wanted: ColumnElement[bool], limit: int) -> list[int]:
    found = _visible(select(Question.id), event).where(wanted)
    return list(db.exec(found.order_by(col(Question.votes).desc(), col(Question.id)).limit(limit)))


def _visible(query: SelectOfScalar[int], event: Event) -> SelectOfScalar[int]:
    return query.join(Post, col(Post.id) == Question.post_id).where(
        Question.event_id == event.id, Post.verdict == Verdict.APPROVED, has_screens(event)
    )


def _for_talk(event: Event) -> ColumnElement[bool]:
    """Without nulls: what is not for this talk is its contrary."""
    talk = event.current_talk_id or event.last_talk_id or 0
    return func.coalesce(col(Question.talk_id), talk) == talk


def _order(question: Question) -> str:
    return f"{question.votes:08d}-{10**12 - question.id:012d}"
