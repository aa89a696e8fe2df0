"""Pictures of an Event's own."""

from sqlmodel import Session, select

from app.domain.brand_picture import BrandPicture


def brand_picture(db: Session, event_id: int, key: str) -> BrandPicture | None:
    """The one with this key, whatever it is for."""
    found = select(BrandPicture).where(BrandPicture.event_id == event_id, BrandPicture.key == key)
    return db.exec(found.limit(1)).first()


def brand_pictures(db: Session, event_id: int) -> dict[str, BrandPicture]:
    """All of them by what they are for."""
    return {row.use: row for row in db.exec(select(BrandPicture).where(BrandPicture.event_id == event_id))}
