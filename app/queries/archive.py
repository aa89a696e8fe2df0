"""Everything of an Event, for its organiser's own files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

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


@dataclass(frozen=True, slots=True)
class Archive:
    """An Event as it stands: withdrawn posts are not in it, nor, unless asked for, what is not to be shared."""

    event: Event
    talks: list[Talk]
    rooms: list[Room]
    entries: list[ArchivedPost]
    decisions: list[Decision]
    pictures: dict[str, BrandPicture]
    """Its own, by what they are for."""
    kept_back: int = 0
    """So many posts are of talks that are not to be shared, and so not in it."""


def archive(
    db: Session,
    event_id: int,
    *,
    unshared: bool = False,
    reached: Callable[[int, int], None] = lambda _done, _of: None,
) -> Archive:
    """With `unshared` also what is of talks that are not to be shared.

    `reached` is told how many posts were read, and of how many.
    """
    event = db.get_one(Event, event_id)
    hidden = set() if unshared else kept_back(db, event)
    entries = list(_entries(db, event_id, reached))
    shared = [entry for entry in entries if entry.post.id not in hidden]
    return Archive(
        event=event,
        talks=list(db.exec(select(Talk).where(Talk.event_id == event_id).order_by(col(Talk.starts_at)))),
        rooms=rooms(db, event_id),
        entries=shared,
        decisions=list(db.exec(select(Decision).where(Decision.event_id == event_id).order_by(col(Decision.id)))),
        pictures=brand_pictures(db, event_id),
        kept_back=len(entries) - len(shared),
    )


def changed_since(db: Session, event_id: int, cursor: int) -> bool:
    """Whether an archive taken at this cursor lacks anything that one taken now would hold."""
    event = db.get_one(Event, event_id)
    if not event.trimmed <= cursor <= event.cursor:
        return True
    lines = select(Publication.cursor).where(Publication.event_id == event_id, col(Publication.cursor) > cursor)
    return db.exec(lines.where(col(Publication.subject).not_in(NOT_ARCHIVED)).limit(1)).first() is not None


def _entries(db: Session, event_id: int, reached: Callable[[int, int], None]) -> Iterator[ArchivedPost]:
    total = db.exec(select(func.count()).select_from(Post).where(Post.event_id == event_id)).one()
    rows = db.exec(
        select(Post, Author, Question, Talk)
        .join(Author, col(Author.id) == Post.author_id)
        .outerjoin(Question, (col(Question.post_id) == Post.id) & (col(Question.state) != QuestionState.TAKEN_BACK))
        .outerjoin(Talk, col(Talk.id) == Question.talk_id)
        .where(Post.event_id == event_id, col(Post.withdrawn_at).is_(None))
        .order_by(col(Post.posted_at), col(Post.id))
    )
    leads = _leads(db, event_id)
    replies = dict(db.exec(select(Reply.id, Reply.text).where(Reply.event_id == event_id)).all())
    names = room_names(db, {event_id})
    for number, (post, author, question, talk) in enumerate(rows, 1):
        reached(number, total)
        reply = replies.get(question.reply_id or 0, "") if question else ""
        asked_in = talk.room_id if talk else question.room_id if question else post.room_id
        yield ArchivedPost(
            post, signed(post, author), question, talk, names.get(asked_in or 0, ""), reply, leads.get(post.id)
        )


def _leads(db: Session, event_id: int) -> dict[int, Post]:
    """By the post of each question that is asked with another one: the other one's."""
    lead, under = aliased(Question), aliased(Question)
    rows = db.exec(
        select(under.post_id, Post)
        .join(lead, col(lead.id) == col(under.asked_with))
        .join(Post, col(Post.id) == lead.post_id)
        .where(col(under.event_id) == event_id, col(Post.verdict) == Verdict.APPROVED)
        .where(col(lead.state) != QuestionState.TAKEN_BACK)
    )
    return dict(rows.all())
