"""Pictures that posts refer to: named here, fetched later and only by our server."""

from collections.abc import Iterable

from sqlalchemy import Text, cast, delete, insert, or_
from sqlmodel import Session, col, select

from app.domain.picture_address import picture_key
from app.domain.post import Author, Picture, Post


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


def forget_pictures(db: Session, keys: Iterable[str]) -> None:
    """Let go of those that no post and no author refers to any more: their addresses lead nowhere from now on."""
    db.flush()
    for key in {key for key in keys if key}:
        columns = (col(Post.photos), col(Post.quote), col(Post.byline))
        named = or_(*(cast(column, Text).contains(key, autoescape=True) for column in columns))
        shown = db.exec(select(Post.id).where(named).limit(1)).first()
        if shown is None and db.exec(select(Author.id).where(Author.avatar == key).limit(1)).first() is None:
            db.execute(delete(Picture).where(col(Picture.key) == key))
