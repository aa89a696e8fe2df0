"""Pictures that posts refer to: named here, fetched later and only by our server, and for good what they were first."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, delete, insert, or_, update
from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.domain.picture_address import picture_key
from app.domain.post import Author, Picture, Post
from app.domain.subject import Subject


def picture_keys(db: Session, urls: Iterable[str]) -> dict[str, str]:
    """The keys under which pages ask for pictures; none for addresses that nobody may fetch."""
    keys = {url: key for url in urls if (key := picture_key(url))}
    if not keys:
        return {}
    known = set(db.exec(select(Picture.key).where(col(Picture.key).in_(keys.values()))))
    new = {key: url for url, key in keys.items() if key not in known}
    if new:
        db.execute(insert(Picture), [{"key": key, "url": url} for key, url in new.items()])
    return keys


def note_fetched(db: Session, key: str, digest: str, *, at: datetime) -> bool:
    """A picture was fetched anew: whether these bytes may be shown. Desks are told when that changes."""
    first = update(Picture).where(col(Picture.key) == key, col(Picture.digest) == "").values(digest=digest)
    db.execute(first.execution_options(synchronize_session=False))
    picture = db.get(Picture, key, populate_existing=True)
    if picture is None:
        return False
    differs = picture.digest != digest
    if differs != picture.differs:
        picture.differs = differs
        for post in _posts_with(db, key):
            publish(db, post.event_id, Subject.POST, post.id, at=at)
    return not differs


def _posts_with(db: Session, key: str) -> Sequence[Post]:
    return db.exec(select(Post).where(_names(key), col(Post.withdrawn_at).is_(None)).order_by(col(Post.id))).all()


def _names(key: str) -> ColumnElement[bool]:
    """Posts of which some column has the key of this picture."""
    columns = (col(Post.photos), col(Post.quote), col(Post.byline))
    return or_(*(cast(column, Text).contains(key, autoescape=True) for column in columns))


def forget_pictures(db: Session, keys: Iterable[str]) -> None:
    """Let go of those that no post and no author refers to any more: their addresses lead nowhere from now on."""
    db.flush()
    for key in {key for key in keys if key}:
        shown = db.exec(select(Post.id).where(_names(key)).limit(1)).first()
        if shown is None and db.exec(select(Author.id).where(Author.avatar == key).limit(1)).first() is None:
            db.execute(delete(Picture).where(col(Picture.key) == key))
