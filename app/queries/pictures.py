"""Pictures that posts refer to."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.domain.post import Picture


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
