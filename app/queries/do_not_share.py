"""What is of talks that are not to be shared."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from app.domain.do_not_share import TalkSlot, is_kept_back
from app.domain.event import Event
from app.domain.post import Post
from app.domain.question import Question, QuestionState
from app.domain.talk import Talk
from app.queries.posts import shown_ids
from app.queries.questions import ranked_ids
from app.queries.rooms import whereabouts


def slots(db: Session, event: Event, *, at: datetime | None = None) -> tuple[TalkSlot, ...]:
    """The programme of an Event of which some talk is not to be shared; nothing where all may be.

    `at` is now: a talk that runs by hand is there now too, whatever its times say.
    """
    marked = select(Talk.id).where(Talk.event_id == event.id, col(Talk.do_not_share).is_(True)).limit(1)
    if db.exec(marked).first() is None:
        return ()
    talks = db.exec(select(Talk).where(Talk.event_id == event.id).order_by(col(Talk.starts_at), col(Talk.id))).all()
    running = whereabouts(db, event).running if at else frozenset()
    return tuple(slot_of(talk, at if talk.id in running else None) for talk in talks)


def slot_of(talk: Talk, at: datetime | None = None) -> TalkSlot:
    """When and where it is; with `at` it runs at that time by hand."""
    starts, ends = talk.starts_at, talk.ends_at
    if at is not None:
        starts, ends = min(starts, at), max(ends, at + timedelta(seconds=1))
    return TalkSlot(talk.id, talk.title, starts, ends, talk.room_id, not talk.do_not_share)


def shared_ids(db: Session, event: Event, limit: int) -> list[int]:
    """What the wall shows, without what is of talks that are over and not to be shared."""
    over = _of_talks_that_are_over(db, event)
    return [post_id for post_id in shown_ids(db, event, limit + len(over)) if post_id not in over][:limit]


def shared_questions(db: Session, event: Event, states: tuple[QuestionState, ...], limit: int) -> list[int]:
    """The same of the questions that are listed."""
    over = _of_talks_that_are_over(db, event)
    if not over:
        return ranked_ids(db, event, states, limit)
    listed = ranked_ids(db, event, states, limit + len(over))
    of_those = set(db.exec(select(Question.id).where(col(Question.post_id).in_(over))))
    return [question_id for question_id in listed if question_id not in of_those][:limit]


def _of_talks_that_are_over(db: Session, event: Event) -> set[int]:
    return kept_back(db, event, but=whereabouts(db, event).running) if slots(db, event) else set()


def kept_back(db: Session, event: Event, *, but: Iterable[int] = ()) -> set[int]:
    """Posts that are of talks which are not to be shared, `but` of some talks: those that run."""
    while_they_run = set(but)
    programme = [slot for slot in slots(db, event) if slot.talk_id not in while_they_run or slot.shared]
    hidden = [slot for slot in programme if not slot.shared]
    if not hidden:
        return set()
    of_talk = func.coalesce(Question.talk_id, Post.talk_id)
    within = (col(Post.posted_at) >= min(slot.starts_at for slot in hidden)) & (
        col(Post.posted_at) < max(slot.ends_at for slot in hidden)
    )
    rows = db.exec(
        select(Post.id, Post.posted_at, func.coalesce(Question.room_id, Post.room_id), of_talk)
        .outerjoin(Question, col(Question.post_id) == Post.id)
        .where(Post.event_id == event.id, within | of_talk.in_([slot.talk_id for slot in hidden]))
    )
    return {post_id for post_id, at, room_id, talk_id in rows if is_kept_back(programme, at, room_id, talk_id)}
