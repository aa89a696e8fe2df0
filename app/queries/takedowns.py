"""Requests that something is taken away: the register, and which post one of them means."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlmodel import Session, col, func, select

from app.domain.event import Event
from app.domain.post import Post
from app.domain.takedown import SETTLED, Takedown
from app.queries.erasures import post_of_link

REQUESTS_LISTED = 200


def post_meant(db: Session, event_id: int, link: str) -> Post | None:
    """The post at an address: its own here, or that at its network."""
    if (number := post_of_link(link)) is not None and len(str(number)) < 10:
        post = db.get(Post, number)
        return post if post is not None and post.event_id == event_id else None
    address = urlsplit(link)._replace(query="", fragment="").geturl().rstrip("/") if "//" in link else ""
    if not address:
        return None
    ref = address.rsplit("/", 1)[-1]
    found = select(Post).where(Post.event_id == event_id, (col(Post.url) == address) | (col(Post.ref) == ref))
    return db.exec(found.order_by(col(Post.id)).limit(1)).first()


def open_takedowns(db: Session, event_id: int) -> int:
    waits = select(func.count()).where(Takedown.event_id == event_id, col(Takedown.state).not_in(SETTLED))
    return db.exec(waits).one()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the post that it means, if that is still there."""

    takedown: Takedown
    post: Post | None


def takedowns(db: Session, event_id: int) -> list[Asked]:
    """What waits first, by when it is due; then what was settled, newest first."""
    settled = col(Takedown.state).in_(SETTLED)
    query = select(Takedown, Post).outerjoin(Post, col(Post.id) == Takedown.post_id)
    rows = db.exec(
        query.where(Takedown.event_id == event_id).order_by(settled, col(Takedown.due_at)).limit(REQUESTS_LISTED)
    )
    return [Asked(asked, post) for asked, post in rows]


def takedown_of(db: Session, event_id: int, number: int) -> Takedown | None:
    asked = db.get(Takedown, number)
    return asked if asked is not None and asked.event_id == event_id else None


def takedowns_waiting(db: Session, event: Event) -> int:
    """How many the desk tells of."""
    return open_takedowns(db, event.id)
