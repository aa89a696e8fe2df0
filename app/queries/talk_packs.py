"""A talk afterwards, for who gave it: what was asked, with votes and answers, what was said, which links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from app.domain.do_not_share import is_there
from app.domain.event import Event
from app.domain.post import Post
from app.domain.question import Question, QuestionState, Vote
from app.domain.talk import Talk
from app.domain.talk_over_time import TalkOverTime, over_time
from app.domain.verdict import Verdict
from app.queries.do_not_share import slot_of
from app.queries.merged_questions import stands_for_itself
from app.queries.posts import Card, has_screens, shown_cards
from app.queries.programme import all_talks
from app.queries.questions import QuestionCard, question_cards
from app.queries.transcript import SharedLink, links_of

MOST_POSTS, MOST_ASKED = 500, 500


@dataclass(frozen=True, slots=True)
class TalkPack:
    talk: Talk
    asked: tuple[QuestionCard, ...]
    """What was on stage or was answered, in the order in which it came up, then by votes."""
    unasked: tuple[QuestionCard, ...]
    """What there was no time for; most votes first."""
    passed_over: tuple[QuestionCard, ...]
    posts: tuple[Card, ...]
    """What was shown of what was said while it ran, in its order."""
    links: tuple[SharedLink, ...]
    over_time: TalkOverTime
    said: int
    """So many posts were shown while it ran: of very many, not all stand here."""


@dataclass(frozen=True, slots=True)
class TalkAsked:
    """A talk, and how many questions of it there are that nobody has answered."""

    talk: Talk
    questions: int
    unanswered: int


def talks_asked(db: Session, event: Event) -> list[TalkAsked]:
    """The programme, with the questions that may be answered in writing."""
    rows = db.exec(
        select(Question.talk_id, Question.state, func.count())
        .join(Post, col(Post.id) == Question.post_id)
        .where(Question.event_id == event.id, *_seen(event))
        .group_by(col(Question.talk_id), col(Question.state))
    ).all()
    found = {(talk_id, state): count for talk_id, state, count in rows}
    return [
        TalkAsked(
            talk,
            sum(found.get((talk.id, state), 0) for state in QuestionState),
            sum(found.get((talk.id, state), 0) for state in (QuestionState.OPEN, QuestionState.ON_STAGE)),
        )
        for talk in all_talks(db, event.id)
    ]


def talk_pack(db: Session, event: Event, talk_id: int) -> TalkPack | None:
    """None if the Event has no such talk."""
    talk = db.get(Talk, talk_id)
    if talk is None or talk.event_id != event.id:
        return None
    asked = select(Question.id).join(Post, col(Post.id) == Question.post_id)
    most = asked.where(Question.talk_id == talk.id, *_seen(event)).order_by(
        col(Question.votes).desc(), col(Question.id)
    )
    found = question_cards(db, db.exec(most.limit(MOST_ASKED)))
    cards = sorted(found.values(), key=lambda card: card.sort_key, reverse=True)
    said = _said(db, event, talk)
    shown = shown_cards(db, [post_id for post_id, _ in said[:MOST_POSTS]])
    posts = tuple(shown[post_id] for post_id, _ in said[:MOST_POSTS])
    every = [one for card in cards for one in (card.question, *(other.question for other in card.others))]
    votes = select(Vote.at).where(col(Vote.question_id).in_([one.id for one in every]), _COUNTS)
    return TalkPack(
        talk,
        tuple(sorted(_in(cards, QuestionState.ANSWERED, QuestionState.ON_STAGE), key=_came_up)),
        tuple(_in(cards, QuestionState.OPEN)),
        tuple(_in(cards, QuestionState.DISMISSED)),
        posts,
        tuple(links_of((*(card.post for card in cards), *(card.post for card in posts)))),
        over_time(
            talk.starts_at,
            talk.ends_at,
            posts=(posted_at for _, posted_at in said),
            questions=(one.asked_at for one in every),
            votes=db.exec(votes),
        ),
        len(said),
    )


_COUNTS = col(Vote.taken_back).is_(False) & col(Vote.left_out_by).is_(None)


def _seen(event: Event) -> tuple[ColumnElement[bool], ...]:
    to_see = col(Question.state) != QuestionState.TAKEN_BACK
    return (to_see, col(Post.verdict) == Verdict.APPROVED, has_screens(event), stands_for_itself())


def _in(cards: Iterable[QuestionCard], *states: QuestionState) -> list[QuestionCard]:
    return [card for card in cards if card.question.state in states]


def _came_up(card: QuestionCard) -> tuple[bool, float]:
    at = card.question.on_stage_at
    return at is None, at.timestamp() if at else 0.0


def _said(db: Session, event: Event, talk: Talk) -> list[tuple[int, datetime]]:
    """What was shown of what was said there, in its order, and when. The questions stand by themselves."""
    slot = slot_of(talk)
    questions = select(Question.post_id).where(Question.event_id == event.id)
    ran = select(Post.id, Post.room_id, Post.posted_at).where(
        Post.event_id == event.id,
        Post.verdict == Verdict.APPROVED,
        col(Post.posted_at) >= talk.starts_at,
        col(Post.posted_at) < talk.ends_at,
        col(Post.withdrawn_at).is_(None),
        col(Post.id).not_in(questions),
        has_screens(event),
    )
    rows = db.exec(ran.order_by(col(Post.posted_at), col(Post.id)))
    return [(post_id, posted_at) for post_id, room_id, posted_at in rows if is_there(slot, room_id)]
