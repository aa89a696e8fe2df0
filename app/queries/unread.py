"""What the reader has yet to read, worst first, and the Events that do not know yet whether it is there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.resource import Resource, TitleState
from app.domain.screening.as_arrived import as_found
from app.domain.screening.page_titles import title_read
from app.domain.screening.reader.combining import texts_to_read
from app.domain.screening.reading.reading import Reading
from app.domain.verdict import Unread


@dataclass(frozen=True, slots=True)
class ToRead:
    """A version of a post, and its texts by the key under which their odds are kept."""

    post_id: int
    revision: int
    texts: Mapping[str, str]


def to_read(db: Session, limit: int, but: Collection[int] = ()) -> list[ToRead]:
    """The next posts that nobody has read yet, as the queue orders them, `but` for some."""
    unread = (
        select(Post, Author)
        .join(Author, col(Author.id) == Post.author_id)
        .where(col(Post.unread).in_([state for state in Unread if state]), col(Post.id).not_in(but))
    )
    posts = db.exec(unread.order_by(col(Post.rank), col(Post.id)).limit(limit)).all()
    return [ToRead(post.id, post.revision, texts_to_read(Reading.of(as_found(post, author)))) for post, author in posts]


@dataclass(frozen=True, slots=True)
class TitleToRead:
    """A version of the title of a shared page, and its texts by the key under which their odds are told."""

    resource_id: int
    version: int
    texts: Mapping[str, str]


def titles_to_read(db: Session, limit: int) -> list[TitleToRead]:
    """The next titles that only wait to be read."""
    waiting = select(Resource, Event).join(Event, col(Event.id) == Resource.event_id)
    waiting = waiting.where(Resource.title_state == TitleState.UNREAD).order_by(col(Resource.id)).limit(limit)
    return [
        TitleToRead(row.id, row.title_version, texts_to_read(title_read(row.url, row.title, event.created_at)))
        for row, event in db.exec(waiting)
    ]


def events_with_reader(db: Session, *, there: bool) -> list[int]:
    """Events of which it is stored that the reader is there, or that it is not."""
    return list(db.exec(select(Event.id).where(col(Event.has_reader).is_(there))))
