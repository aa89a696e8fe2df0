"""Everything of an Event, for its organiser's own files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.brand_picture import BrandPicture
from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.publication import Publication
from app.domain.question import Question, QuestionState, Reply
from app.domain.room import Room
from app.domain.signed_names import Signed, signed
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.brand import brand_pictures
from app.queries.do_not_share import kept_back
from app.queries.rooms import room_names, rooms

NOT_ARCHIVED = (Subject.SOURCE, Subject.ACCESS, Subject.SEAT, Subject.WEBHOOK, Subject.ALARM)
LEAD, UNDER = aliased(Question), aliased(Question)


@dataclass(frozen=True, slots=True)
class ArchivedPost:
    """A post with its author and, if it is one, its question."""

    post: Post
    author: Signed
    question: Question | None
    talk: Talk | None
    room: str = ""
    """The room it was asked in, where there are several."""
    reply: str = ""
    """What was answered in writing."""
    asked_with: Post | None = None
    """The post of the question that stands for it too; votes for it count there."""


class Listed(NamedTuple):
    """A post as far as it decides where it stands: of a long day nothing else is kept in memory."""

    id: int
    posted_at: datetime
    shown: bool
    talk_id: int | None
    """Of its question, if it is one."""
    votes: int | None
    """None if it is no question."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An Event as it stands, without what was said.

    Withdrawn posts are not in it, nor, unless asked for, what is not to be shared.
    """

    event: Event
    talks: list[Talk]
    rooms: list[Room]
    posts: list[Listed]
    """In the order in which they were posted."""
    pictures: dict[str, BrandPicture]
    """Its own, by what they are for."""
    kept_back: int = 0
    """So many posts are of talks that are not to be shared, and so not in it."""


def outline(db: Session, event_id: int, *, unshared: bool = False) -> Outline:
    """What an export begins with; its posts and decisions are read as it goes on, so that it fits any memory.

    With `unshared` also what is of talks that are not to be shared.
    """
    event = db.get_one(Event, event_id)
    listed, hidden = _listed(db, event_id), set() if unshared else kept_back(db, event)
    shared = [one for one in listed if one.id not in hidden]
    return Outline(
        event=event,
        talks=list(db.exec(select(Talk).where(Talk.event_id == event_id).order_by(col(Talk.starts_at)))),
        rooms=rooms(db, event_id),
        posts=shared,
        pictures=brand_pictures(db, event_id),
        kept_back=len(listed) - len(shared),
    )


def archived_posts(db: Session, event_id: int, ids: Sequence[int]) -> list[ArchivedPost]:
    """These posts, in this order, as they are now; those that were withdrawn meanwhile are left out."""
    wanted: Any = (Post, Author, Question, Talk, Reply)
    rows = db.exec(
        select(*wanted)
        .join(Author, col(Author.id) == Post.author_id)
        .outerjoin(Question, _is_its_question())
        .outerjoin(Talk, col(Talk.id) == Question.talk_id)
        .outerjoin(Reply, col(Reply.id) == Question.reply_id)
        .where(col(Post.id).in_(ids), col(Post.withdrawn_at).is_(None))
    )
    names, leads, found = room_names(db, {event_id}), _leads(db, ids), {}
    for post, author, question, talk, reply in rows:
        asked_in = talk.room_id if talk else question.room_id if question else post.room_id
        room, answer = names.get(asked_in or 0, ""), reply.text if reply else ""
        found[post.id] = ArchivedPost(post, signed(post, author), question, talk, room, answer, leads.get(post.id))
    return [found[post_id] for post_id in ids if post_id in found]


def archived_decisions(db: Session, event_id: int, after: int, limit: int) -> list[Decision]:
    """The next ones after that with this number. By their numbers, as they were written."""
    query = select(Decision).where(col(Decision.event_id) + 0 == event_id, col(Decision.id) > after)
    return list(db.exec(query.order_by(col(Decision.id)).limit(limit)))


def changed_since(db: Session, event_id: int, cursor: int) -> bool:
    """Whether an archive taken at this cursor lacks anything that one taken now would hold."""
    event = db.get_one(Event, event_id)
    if not event.trimmed <= cursor <= event.cursor:
        return True
    lines = select(Publication.cursor).where(Publication.event_id == event_id, col(Publication.cursor) > cursor)
    return db.exec(lines.where(col(Publication.subject).not_in(NOT_ARCHIVED)).limit(1)).first() is not None


def _listed(db: Session, event_id: int) -> list[Listed]:
    wanted: Any = (Post.id, Post.posted_at, Post.verdict, Question.talk_id, Question.votes)
    rows = db.exec(
        select(*wanted)
        .outerjoin(Question, _is_its_question())
        .where(Post.event_id == event_id, col(Post.withdrawn_at).is_(None))
        .order_by(col(Post.posted_at), col(Post.id))
    )
    return [Listed(one, at, verdict is Verdict.APPROVED, talk_id, votes) for one, at, verdict, talk_id, votes in rows]


def _is_its_question() -> ColumnElement[bool]:
    return and_(col(Question.post_id) == Post.id, col(Question.state) != QuestionState.TAKEN_BACK)


def _leads(db: Session, ids: Sequence[int]) -> dict[int, Post]:
    """By the post of each of these questions that is asked with another one: the other one's."""
    rows = db.exec(
        select(UNDER.post_id, Post)
        .join(LEAD, col(LEAD.id) == col(UNDER.asked_with))
        .join(Post, col(Post.id) == LEAD.post_id)
        .where(col(UNDER.post_id).in_(ids), col(Post.verdict) == Verdict.APPROVED)
        .where(col(LEAD.state) != QuestionState.TAKEN_BACK)
    )
    return dict(rows.all())
