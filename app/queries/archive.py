"""Everything of an Event, for its organiser's own files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from app.domain.brand_picture import BrandPicture
from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.publication import Publication
from app.domain.question import Question, QuestionState
from app.domain.room import Room
from app.domain.signed_names import Signed, signed
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.brand import brand_pictures
from app.queries.rooms import room_names, rooms

NOT_ARCHIVED = (Subject.SOURCE, Subject.ACCESS, Subject.SEAT, Subject.WEBHOOK, Subject.ALARM)


@dataclass(frozen=True, slots=True)
class ArchivedPost:
    """A post with its author and, if it is one, its question."""

    post: Post
    author: Signed
    question: Question | None
    talk: Talk | None
    room: str = ""
    """The room it was asked in, where there are several."""


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
    """An Event as it stands, without what was said: withdrawn posts are not in it."""

    event: Event
    talks: list[Talk]
    rooms: list[Room]
    posts: list[Listed]
    """In the order in which they were posted."""
    pictures: dict[str, BrandPicture]
    """Its own, by what they are for."""


def outline(db: Session, event_id: int) -> Outline:
    """What an export begins with; its posts and decisions are read as it goes on, so that it fits any memory."""
    return Outline(
        event=db.get_one(Event, event_id),
        talks=list(db.exec(select(Talk).where(Talk.event_id == event_id).order_by(col(Talk.starts_at)))),
        rooms=rooms(db, event_id),
        posts=_listed(db, event_id),
        pictures=brand_pictures(db, event_id),
    )


def archived_posts(db: Session, event_id: int, ids: Sequence[int]) -> list[ArchivedPost]:
    """These posts, in this order, as they are now; those that were withdrawn meanwhile are left out."""
    rows = db.exec(
        select(Post, Author, Question, Talk)
        .join(Author, col(Author.id) == Post.author_id)
        .outerjoin(Question, _is_its_question())
        .outerjoin(Talk, col(Talk.id) == Question.talk_id)
        .where(col(Post.id).in_(ids), col(Post.withdrawn_at).is_(None))
    )
    names, found = room_names(db, {event_id}), {}
    for post, author, question, talk in rows:
        asked_in = talk.room_id if talk else question.room_id if question else post.room_id
        found[post.id] = ArchivedPost(post, signed(post, author), question, talk, names.get(asked_in or 0, ""))
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
