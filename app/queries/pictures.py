"""Pictures that posts refer to."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col, select

from app.domain.post import Author, Picture, Post, pictures_of


def picture(db: Session, key: str) -> Picture | None:
    return db.get(Picture, key)


def pictures_among(db: Session, keys: Sequence[str]) -> set[str]:
    """Those of the keys that something still refers to."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        found.update(db.exec(select(Picture.key).where(col(Picture.key).in_(keys[start : start + 500]))))
    return found


def pictures_that_differ(db: Session, keys: Sequence[str]) -> set[str]:
    """Those of the keys at whose address another picture stands than was first fetched."""
    differ = select(Picture.key).where(col(Picture.key).in_(keys), col(Picture.differs))
    return set(db.exec(differ)) if keys else set()


def pictures_named(db: Session, posts: ColumnElement[bool], authors: ColumnElement[bool]) -> Iterator[str]:
    """Keys of what these posts and authors refer to."""
    for photos, quote, byline in db.exec(select(Post.photos, Post.quote, Post.byline).where(posts)):
        yield from pictures_of(photos, quote, byline)
    yield from db.exec(select(Author.avatar).where(authors))


def pictures_referred_to(db: Session) -> set[str]:
    """Keys of what any post or author refers to."""
    return set(pictures_named(db, true(), true()))
