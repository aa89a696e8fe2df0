"""What the reader has yet to read, worst first, and the Events that do not know yet whether it is there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.screening.as_arrived import as_found
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


def events_with_reader(db: Session, *, there: bool) -> list[int]:
    """Events of which it is stored that the reader is there, or that it is not."""
    return list(db.exec(select(Event.id).where(col(Event.has_reader).is_(there))))
