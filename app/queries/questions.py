"""Questions as stage, floor and wall show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.event import Event
from app.domain.fair_order import fair_key
from app.domain.post import Author, Post
from app.domain.question import Question, QuestionState, Reply, Vote
from app.domain.signed_names import Signed, signed
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.merged_questions import Other, others_under, stands_for_itself
from app.queries.posts import has_screens
from app.queries.rooms import Whereabouts, room_names, rooms, whereabouts

OPEN = (QuestionState.OPEN,)
ONE = aliased(Question)


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with its post, who asked and the Talk it is for. `sort_key`: bigger comes first."""

    question: Question
    post: Post
    author: Signed
    talk: Talk | None
    sort_key: str
    place: str = ""
    """The room that it is asked in, where there are several; '' for one that is of none, or of all."""
    rooms: Mapping[int, str] = field(default_factory=dict)
    """Those that there are."""
    reply: Reply | None = None
    """What was answered in writing."""
    others: tuple[Other, ...] = ()
    """What is asked with it, each in its own words."""

    @property
    def id(self) -> int:
        return self.question.id

    @property
    def askers(self) -> int:
        """So many people ask it."""
        return len({self.post.author_id, *(one.post.author_id for one in self.others)})

    @property
    def room_id(self) -> int | None:
        return self.talk.room_id if self.talk else self.question.room_id


def ranked_ids(
    db: Session, event: Event, states: tuple[QuestionState, ...], limit: int, room_id: int | None = None
) -> list[int]:
    """Questions of the current Talk (between talks of the last one) and of none, most votes first, then the older.

    In a room those of its Talk, and those that were asked there of none.
    """
    listed = _listed(whereabouts(db, event, room_id))
    return _ranked(db, event, listed & col(Question.state).in_(states), limit)


def fair_ids(db: Session, event: Event, limit: int, room_id: int | None = None) -> list[int]:
    """The open ones of the same, as the hall is to see them: what is new comes up too."""
    listed = _listed(whereabouts(db, event, room_id)) & col(Question.state).in_(OPEN)
    rows = db.exec(
        select(ONE.id, ONE.votes, ONE.asked_at).where(
            col(ONE.id).in_(_visible(select(Question.id), event).where(listed))
        )
    )
    keys = sorted(((fair_key(votes, at, number), number) for number, votes, at in rows), reverse=True)
    return [question_id for _, question_id in keys[:limit]]


def open_elsewhere(db: Session, event: Event, limit: int, room_id: int | None = None) -> list[int]:
    """Questions of other Talks that nobody has answered: they stay answerable. Never those of another room."""
    here = whereabouts(db, event, room_id)
    wanted = ~_listed(here) & col(Question.state).in_(OPEN)
    return _ranked(db, event, wanted & _in_room(here) if here.room else wanted, limit)


def talks_over(db: Session, event: Event, at: datetime) -> set[int]:
    """Talks that have ended, other than those that run."""
    over = select(Talk.id).where(Talk.event_id == event.id, col(Talk.ends_at) <= at)
    return set(db.exec(over)) - whereabouts(db, event).running


def on_stage(db: Session, event: Event, room_id: int | None = None) -> QuestionCard | None:
    """The question that the hall looks at, of whichever Talk; of several rooms' the last that was brought up."""
    return next(iter(all_on_stage(db, event, room_id)), None)


def all_on_stage(db: Session, event: Event, room_id: int | None = None) -> list[QuestionCard]:
    """What is on stage in a room, or in all of them; what came last first."""
    here = whereabouts(db, event, room_id)
    found = _visible(select(Question.id), event).where(Question.state == QuestionState.ON_STAGE)
    if here.room:
        found = found.where(_in_room(here))
    ids = db.exec(found.order_by(col(Question.on_stage_at).desc(), col(Question.id).desc())).all()
    cards = question_cards(db, ids)
    return [cards[question_id] for question_id in (ids if here.rooms and not here.room else ids[:1])]


def others_on_its_stage(db: Session, question: Question) -> list[Question]:
    """What is on stage where this question is: elsewhere another hall looks at another one."""
    on_stage = select(Question, Talk).outerjoin(Talk, col(Talk.id) == Question.talk_id)
    on_stage = on_stage.where(Question.event_id == question.event_id, Question.state == QuestionState.ON_STAGE)
    talk = db.get(Talk, question.talk_id) if question.talk_id else None
    several, its = bool(rooms(db, question.event_id)), _stages(question, talk)
    found = db.exec(on_stage.where(col(Question.id) != question.id)).all()
    return [one for one, of in found if not several or _stages(one, of) == its or EVERYWHERE in (its, _stages(one, of))]


EVERYWHERE = 0
"""A Talk that the programme gives no room is in all of them."""


def _stages(question: Question, talk: Talk | None) -> int | None:
    if talk is None:
        return question.room_id
    return EVERYWHERE if talk.room_id is None else talk.room_id


@dataclass(frozen=True, slots=True)
class Staged:
    """The question that the hall looks at, and whose turn is next: the open one with the most votes."""

    card: QuestionCard
    following: QuestionCard | None


def on_stage_and_next(db: Session, event: Event, room_id: int | None = None) -> Staged | None:
    card = on_stage(db, event, room_id)
    return Staged(card, whose_turn(db, event, room_id)) if card else None


def whose_turn(db: Session, event: Event, room_id: int | None = None) -> QuestionCard | None:
    """The open question with the most votes that is not held for somebody of the panel."""
    turn = _listed(whereabouts(db, event, room_id)) & col(Question.state).in_(OPEN) & (col(Question.held_for) == "")
    ids = _ranked(db, event, turn, 1)
    return question_cards(db, ids)[ids[0]] if ids else None


def question_cards(db: Session, ids: Iterable[int]) -> dict[int, QuestionCard]:
    """The cards, with the room that each is asked in where there are several."""
    cards = _question_cards(db, ids)
    names = room_names(db, {card.question.event_id for card in cards.values()})
    if not names:
        return cards
    return {one: replace(card, place=names.get(card.room_id or 0, ""), rooms=names) for one, card in cards.items()}


def _question_cards(db: Session, ids: Iterable[int]) -> dict[int, QuestionCard]:
    wanted = list(ids)
    others = others_under(db, wanted)
    rows = db.exec(
        select(Question, Post, Author, Talk)
        .join(Post, col(Post.id) == Question.post_id)
        .join(Author, col(Author.id) == Post.author_id)
        .outerjoin(Talk, col(Talk.id) == Question.talk_id)
        .where(col(Question.id).in_(wanted))
    ).all()
    written = [question.reply_id for question, *_ in rows if question.reply_id]
    replies = {one.id: one for one in db.exec(select(Reply).where(col(Reply.id).in_(written)))} if written else {}
    return {
        question.id: QuestionCard(
            question,
            post,
            signed(post, author),
            talk,
            _order(question),
            reply=replies.get(question.reply_id or 0),
            others=others.get(question.id, ()),
        )
        for question, post, author, talk in rows
    }


def questions_of_posts(db: Session, post_ids: Iterable[int]) -> set[int]:
    return set(db.exec(select(Question.id).where(col(Question.post_id).in_(list(post_ids)))))


def question_by_id(db: Session, question_id: int) -> Question | None:
    return db.get(Question, question_id)


def voted_for(db: Session, event_id: int, device: str) -> set[int]:
    """Ids of the questions that a device votes for, and of those that stand for them."""
    found = db.exec(
        select(Vote.question_id, Question.asked_with)
        .join(Question, col(Question.id) == Vote.question_id)
        .where(Vote.device == device, col(Vote.taken_back).is_(False), Question.event_id == event_id)
    )
    return {one for pair in found for one in pair if one}


def _ranked(db: Session, event: Event, wanted: ColumnElement[bool], limit: int) -> list[int]:
    found = _visible(select(Question.id), event).where(wanted)
    return list(db.exec(found.order_by(col(Question.votes).desc(), col(Question.id)).limit(limit)))


def _visible(query: SelectOfScalar[int], event: Event) -> SelectOfScalar[int]:
    return query.join(Post, col(Post.id) == Question.post_id).where(
        Question.event_id == event.id, Post.verdict == Verdict.APPROVED, has_screens(event), stands_for_itself()
    )


def _listed(here: Whereabouts) -> ColumnElement[bool]:
    """What stands on the list. Without nulls: what does not is its contrary."""
    of_talks = func.coalesce(col(Question.talk_id), 0).in_(here.listed - {0})
    of_none = func.coalesce(col(Question.talk_id), 0) == 0
    if here.room:
        of_none &= func.coalesce(col(Question.room_id), 0) == here.room.id
    return of_talks | of_none


def _in_room(here: Whereabouts) -> ColumnElement[bool]:
    """Asked in this room: for a Talk that is here, or for none and here."""
    assert here.room is not None  # noqa: S101 - asked before
    talks = select(Talk.id).where(Talk.event_id == here.event.id)
    talks = talks.where((col(Talk.room_id) == here.room.id) | col(Talk.room_id).is_(None))
    in_talks = func.coalesce(col(Question.talk_id), 0).in_(talks)
    return in_talks | (col(Question.talk_id).is_(None) & (func.coalesce(col(Question.room_id), 0) == here.room.id))


def _order(question: Question) -> str:
    return f"{question.votes:08d}-{10**12 - question.id:012d}"
